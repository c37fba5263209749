using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A process, or a processor, stands still in the kernel.</summary>
internal sealed class KernelStall : IHealthRule
{
    private static readonly Threshold Many = new("ManyPerHour", 5, "", 1, 100000, "So many within an hour degrade the node; one is watched.",
        "own: the kernel tells of one task every two minutes, and of at most ten a boot");

    private static readonly Threshold Last = new("LastOfBoot", 10, "", 1, 100000, "After so many hung tasks within a day silence proves nothing any more, and only a reboot clears it.",
        "Linux, kernel/hung_task.c: sysctl_hung_task_warnings, 10 unless set; the kernel says no more of them in that boot");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "kernel-stall",
        Title = "Kernel stalls",
        Scope = RuleScope.Node,
        Doc = "The kernel says that a task hangs, or that a processor does not come back from the kernel. Storage, a file server or a driver; jobs on the node stand "
            + "still while it lasts.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "an hour of watching without another one; once so many tasks hung that the kernel says no more of them, a reboot",
        Probability = new(0.005, 0.01, 0.02),
        ProbabilityOrigin = "own: the kernel makes 5.8 % of the interruptions that FT-HSDP (2602.00277) counts; how many of them such stalls announce is not public",
        Thresholds = [Many, Last],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.KernelStall, subject.Now);
        var isSpent = Hung(in subject) >= subject.Settings[Last]; // from then on an hour without a word says nothing
        if (count.InHour <= 0 && !isSpent) return;
        var isMany = count.InHour >= subject.Settings[Many] || (isSpent && count.InDay >= subject.Settings[Many]);
        verdicts.Add(new Verdict(0, count.InHour, isMany ? subject.Settings[Many] : 0)
        {
            Last = count.Newest!.Last,
            Latch = isSpent ? Latch.Reboot : null,
            Severity = isMany ? Severity.Degraded : null,
            Actions = isMany ? new(WorkAction.DrainWhenIdle, RepairAction.RebootNode) : null,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.KernelStall, subject.Now);
        return new(
            $"{verdict.Value:0} stalls of tasks or processors within an hour (limit {verdict.Threshold:0})",
            [
                new("stalls of tasks or processors within an hour", verdict.Value, verdict.Threshold, "", "", count.Newest?.Last ?? subject.Now),
                count.Line("the kernel's word"),
            ]);
    }

    /// <summary>Tasks of which the kernel told in this boot; lockups and stalls it goes on telling.</summary>
    private static double Hung(in Subject subject)
    {
        var (self, hung) = (subject.Node.Self, 0.0);
        for (var i = 0; i < self.Events.Count; i++)
        {
            if (self.Events[i].Latest is { Kind: HealthEventKind.KernelStall, Detail.Unit: "task" } && self.Events[i].Latest.BootId == subject.Node.BootId)
                hung += self.Events[i].InBoot;
        }

        return hung;
    }
}
