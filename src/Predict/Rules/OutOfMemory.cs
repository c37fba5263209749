using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>The kernel killed processes for want of memory.</summary>
internal sealed class OutOfMemory : IHealthRule
{
    private static readonly Threshold Many = new("ManyPerHour", 20, "", 1, 100000, "So many within an hour are watched; fewer are for information.",
        "own: a job that dies takes its own processes along, a node without memory everything");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "out-of-memory",
        Title = "Out of memory",
        Scope = RuleScope.Node,
        Doc = "The kernel killed processes for want of memory. Almost always a job asked for too much; what died with it may be something that the node needs.",
        Severity = Severity.Info,
        Actions = new(WorkAction.None, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "none within an hour of watching",
        Probability = new(0, 0, 0),
        ProbabilityOrigin = "none: it says nothing of the cards",
        Thresholds = [Many],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.OutOfMemory, subject.Now);
        if (count.InHour <= 0) return;
        var isMany = count.InHour >= subject.Settings[Many];
        verdicts.Add(new Verdict(0, count.InHour, isMany ? subject.Settings[Many] : 0)
        {
            Last = count.Newest!.Last,
            Severity = isMany ? Severity.Watch : null,
            Actions = isMany ? new(WorkAction.Observe, RepairAction.None) : null,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.OutOfMemory, subject.Now);
        return new(
            $"{verdict.Value:0} processes killed for want of memory within an hour (limit {verdict.Threshold:0})",
            [
                new("processes killed for want of memory within an hour", verdict.Value, verdict.Threshold, "", "", count.Newest?.Last ?? subject.Now),
                count.Line("the kernel's word"),
            ]);
    }
}
