using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>The kernel killed a process for want of memory, of the machine's (unit <c>machine</c>) or of its control group's (<c>control group</c>). Wording: Linux, mm/oom_kill.c.</summary>
internal sealed partial class OutOfMemoryLines : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["ut of memory: Kill"];

    public bool IsOfProcesses => true;

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        var isGroup = match.Groups["group"].Success;
        return new()
        {
            Kind = HealthEventKind.OutOfMemory,
            Text = $"{(isGroup ? "a control group is" : "the machine is")} out of memory: process {match.Text("pid")} ({match.Text("name")}) was killed",
            Detail = new() { Pid = match.Number("pid"), Process = match.Text("name"), Unit = isGroup ? "control group" : "machine" },
        };
    }

    [GeneratedRegex(@"^((?<group>Memory cgroup o)|O)ut of memory: Kill(ed)? process (?<pid>\d+),? \((?<name>.*?)\)[ ,]", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();
}
