using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>A bad page of memory is still in use until the driver is loaded again.</summary>
internal sealed class RetiredPagesPending : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "retired-pages-pending",
        Title = "Pages wait to be retired",
        Doc = "A page of memory with errors is to be taken out of use and waits for the driver to be loaded again. Until then a program "
            + "may be given it.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the card or a reload of its driver, after which the flag is 0",
        Probability = new(0.005, 0.03, 0.08),
        ProbabilityOrigin = "own, after NCSA Delta (arXiv 2503.11901): taking bad memory out of use mitigates 92 % of uncorrectable "
            + "errors",
        Outranks = [new("memory-retired")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.TryRead(SignalId.RetiredPagesPending, verdicts, out var value) && value > 0) verdicts.Add(new Verdict(0, value, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "a page of memory waits to be taken out of use (flag 1, should be 0)",
        [subject.Seen(SignalId.RetiredPagesPending, "pending page retirement flag", verdict.Value, verdict.Threshold)]);
}
