using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Records of the kernel log were lost before they could be read.</summary>
internal sealed class KernelLogOverrun : IHealthRule
{
    private static readonly Threshold Many = new("ManyPerHour", 1000, "", 1, 100000, "So many within an hour lost records are watched; fewer are for information.",
        "own: the default buffer holds some thousand records");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "kernel-log-overrun",
        Title = "Kernel log overrun",
        Scope = RuleScope.Node,
        Doc = "Records of the kernel log were overwritten before they could be read, so errors may have come that nobody saw. Larger: kernel parameter log_buf_len.",
        Severity = Severity.Info,
        Actions = new(WorkAction.None, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "none within an hour of watching",
        Probability = new(0, 0, 0),
        ProbabilityOrigin = "none: what was lost is unknown",
        Thresholds = [Many],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.KernelLogOverrun, subject.Now);
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
        var count = EventCount.Anywhere(subject.Node, HealthEventKind.KernelLogOverrun, subject.Now);
        return new(
            $"{verdict.Value:0} records of the kernel log lost within an hour (limit {verdict.Threshold:0})",
            [
                new("records of the kernel log lost within an hour", verdict.Value, verdict.Threshold, "", "", count.Newest?.Last ?? subject.Now),
                count.Line("the kernel's word"),
            ]);
    }
}
