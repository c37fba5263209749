using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// What amdgpu logs: errors of the hardware by block (RAS), bad pages, resets, jobs that timed out, page faults. The unit names the block, or
/// <c>bad pages</c>, <c>reset</c>, <c>job</c>, <c>page fault</c>. Wording: Linux, drivers/gpu/drm/amd/amdgpu.
/// </summary>
internal sealed partial class AmdLines : ILineParser
{
    /// <summary>By what the line contains; the first that is found.</summary>
    private static readonly (string Words, string Unit, PrintedSeverity Printed)[] Troubles =
    [
        ("reaches threshold value", "bad pages", PrintedSeverity.Fatal),
        ("VRAM is lost due to GPU reset", "reset", PrintedSeverity.Fatal),
        ("GPU reset begin!", "reset", PrintedSeverity.None),
        ("GPU reset end with ret", "reset", PrintedSeverity.Fatal),
        ("GPU recovery failed", "reset", PrintedSeverity.Fatal),
        ("succeeded!", "reset", PrintedSeverity.Corrected),
        ("reset failed", "reset", PrintedSeverity.Fatal),
        ("MODE1 reset", "reset", PrintedSeverity.None),
        ("page fault (src_id", "page fault", PrintedSeverity.None),
        ("poison consumption", "poison", PrintedSeverity.None),
        ("poison is consumed", "poison", PrintedSeverity.None),
    ];

    public IReadOnlyList<string> Words { get; } = ["amdgpu"];

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Job().Match(line.Text) is { Success: true } job)
            return Trouble(Of(job, line, devices), "job", job.Text("ring"), PrintedSeverity.None, $"a job on ring {job.Text("ring")} timed out");
        if (Line().Match(line.Text) is not { Success: true } match) return null;
        var (device, message) = (Of(match, line, devices), match.Text("message"));
        if (Ras().Match(message) is { Success: true } ras) return HardwareErrors(device, ras, message);
        var process = message.IndexOf("rocess ", StringComparison.Ordinal); // its name follows, which may be any words
        var said = process < 0 ? message : message[..process];
        foreach (var (words, unit, printed) in Troubles)
        {
            if (said.Contains(words, StringComparison.Ordinal)) return Trouble(device, unit, Hub().Match(message).Text("hub"), printed, message);
        }

        return null;
    }

    private static Device? Of(Match match, in KernelLine line, KernelDevices devices)
        => KernelDevices.Address(match.Groups["bdf"].Success ? match.Groups["bdf"].ValueSpan : line.PciFunction) is { } address
            ? devices.At(address, KernelDevices.Amd) : null;

    /// <summary>Only new ones are told: totals repeat them.</summary>
    private static KernelNews? HardwareErrors(Device? device, Match ras, string message)
    {
        var kind = ras.Text("kind");
        var count = ras.Number("count", 1);
        if (count == 0) return null;
        return new()
        {
            Kind = HealthEventKind.DeviceHardwareError,
            Device = device,
            Code = kind switch { "correctable" => 0, "uncorrectable" => 1, _ => 2 },
            Count = count,
            Text = message,
            Detail = new()
            {
                Unit = ras.Text("block"),
                Place = ras.Groups["socket"].Success ? $"socket {ras.Text("socket")}, die {ras.Text("die")}" : "",
                Printed = kind == "correctable" ? PrintedSeverity.Corrected : PrintedSeverity.NonFatal,
            },
        };
    }

    private static KernelNews Trouble(Device? device, string unit, string place, PrintedSeverity printed, string text)
        => new() { Kind = HealthEventKind.DriverTrouble, Device = device, Text = text, Detail = new() { Unit = unit, Place = place, Printed = printed } };

    [GeneratedRegex(@"^amdgpu (?<bdf>[0-9a-fA-F]{4}:[0-9a-fA-F]{2}:[0-9a-fA-F]{2}\.[0-7]): (amdgpu: )?(?<message>.*)$", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Line();

    [GeneratedRegex(
        @"^(amdgpu (?<bdf>[0-9a-fA-F:.]+): [^P]*|\[drm:amdgpu_job_timedout.*\*ERROR\* )ring (?<ring>\S+) timeout", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Job();

    [GeneratedRegex(
        @"^(\{\d+\})?(socket: (?<socket>\d+), die: (?<die>\d+), )?(?<count>\d+) new (?<kind>correctable|uncorrectable|deferred) hardware errors detected in (?<block>\w+) block",
        LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Ras();

    [GeneratedRegex(@"\[(?<hub>\w+hub\w*)\]", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Hub();
}
