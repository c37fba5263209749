using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// A process died in a library that jobs use to talk to each other: often the first that is seen of a link or an adapter that fails. The unit is the
/// library's file name. Crashes elsewhere are an application's own affair. Wording: Linux, arch/x86/mm/fault.c and kernel/traps.c.
/// </summary>
internal sealed partial class LibraryCrashLines : ILineParser
{
    public IReadOnlyList<string> Words { get; } = [": segfault at ", " general protection"];

    public bool IsOfProcesses => true;

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        return new()
        {
            Kind = HealthEventKind.LibraryCrashed,
            Text = $"process {match.Text("pid")} ({match.Text("name")}) died in {match.Text("library")}",
            Detail = new() { Unit = match.Text("library"), Pid = match.Number("pid"), Process = match.Text("name") },
        };
    }

    [GeneratedRegex(
        @"^(traps: )?(?<name>.+)\[(?<pid>\d+)\]:? (segfault at |general protection).* in (?<library>lib(nccl|rccl|hccl|xccl|ucp|uct|ucs|ucc|ibverbs|mlx5|irdma|fabric|mpi|sharp|nvshmem)[^\[ ]*)",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();
}
