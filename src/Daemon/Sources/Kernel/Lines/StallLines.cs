using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel.Lines;

/// <summary>
/// Something stands still in the kernel. The unit says what: a <c>task</c> in uninterruptible sleep, a processor (<c>soft lockup</c>, <c>hard lockup</c>),
/// <c>rcu</c>. Wording: Linux, kernel/hung_task.c, watchdog.c, rcu/tree_stall.h.
/// </summary>
internal sealed partial class StallLines : ILineParser
{
    public IReadOnlyList<string> Words { get; } = ["blocked for more than ", "soft lockup", "hard LOCKUP", "detected stall", "self-detected stall", "detected expedited stalls"];

    public bool IsOfProcesses => true;

    public KernelNews? Parse(in KernelLine line, KernelDevices devices)
    {
        if (Hung().Match(line.Text) is { Success: true } hung)
        {
            return News($"process {hung.Text("pid")} ({hung.Text("name")}) has stood still in the kernel for more than {hung.Text("seconds")} s",
                new() { Unit = "task", Pid = hung.Number("pid"), Process = hung.Text("name") });
        }

        if (Soft().Match(line.Text) is { Success: true } soft)
        {
            return News($"processor {soft.Text("cpu")} has been stuck for {soft.Text("seconds")} s in process {soft.Text("pid")} ({soft.Text("name")})",
                new() { Unit = "soft lockup", Place = $"CPU {soft.Text("cpu")}", Pid = soft.Number("pid"), Process = soft.Text("name") });
        }

        if (Hard().Match(line.Text) is { Success: true } hard)
            return News($"processor {hard.Text("cpu")} does not even take interrupts", new() { Unit = "hard lockup", Place = $"CPU {hard.Text("cpu")}" });
        return Rcu().IsMatch(line.Text) ? News($"processors stand still: {line.Text}", new() { Unit = "rcu" }) : null;
    }

    private static KernelNews News(string text, EventDetail detail) => new() { Kind = HealthEventKind.KernelStall, Text = text, Detail = detail };

    // A name has 15 bytes, each at worst escaped as four.
    [GeneratedRegex(@"^INFO: task (?<name>.{1,60}):(?<pid>\d+) blocked for more than (?<seconds>\d+) seconds", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Hung();

    [GeneratedRegex(@"^([\w ]{1,20}: ){0,2}BUG: soft lockup - CPU#(?<cpu>\d+) stuck for (?<seconds>\d+)s! \[(?<name>.+):(?<pid>\d+)\]", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Soft();

    [GeneratedRegex(@"^([\w ]{1,20}: ){0,2}(Watchdog detected )?hard LOCKUP on cpu (?<cpu>\d+)", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Hard();

    [GeneratedRegex(@"^([\w ]{1,20}: )?INFO: rcu_\w+ (self-)?detected (expedited )?stalls?", LineRegex.Options, LineRegex.Timeout)]
    private static partial Regex Rcu();
}
