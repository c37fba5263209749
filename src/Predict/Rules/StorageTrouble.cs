using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>A disk or a file system failed.</summary>
internal sealed class StorageTrouble : IHealthRule
{
    private static readonly Threshold Many = new("ManyPerDay", 10, "", 1, 100000, "So many within a day degrade the node; one is watched.",
        "own: one bad block against a failing disk or a file system that went read-only and is written to");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "storage-trouble",
        Title = "Storage trouble",
        Scope = RuleScope.Node,
        Doc = "A disk or a file system of the node reported errors. Jobs lose checkpoints and logs; the node's own software may not start again.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = TimeSpan.FromMinutes(5),
        ClearedBy = "none within a day",
        Probability = new(0, 0.002, 0.01),
        ProbabilityOrigin = "own: it is the node that fails, not a card",
        Thresholds = [Many],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.StorageTrouble, subject.Now);
        if (count.InDay <= 0) return;
        var isMany = count.InDay >= subject.Settings[Many];
        verdicts.Add(new Verdict(0, count.InDay, isMany ? subject.Settings[Many] : 0)
        {
            Last = count.Newest!.Last,
            Severity = isMany ? Severity.Degraded : null,
            Actions = isMany ? new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware) : null,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.StorageTrouble, subject.Now);
        return new(
            $"{Counted.Of(verdict.Value, "error")} of disks or file systems within a day (limit {verdict.Threshold:0})",
            [
                new("errors of disks or file systems within a day", verdict.Value, verdict.Threshold, "", "", count.Newest?.Last ?? subject.Now),
                count.Line("the kernel's word"),
            ]);
    }
}
