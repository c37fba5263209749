using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>A bad row of memory is still in use until the card is reset.</summary>
internal sealed class RowRemapPending : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "row-remap-pending",
        Title = "Row remapping pending",
        Doc = "A row of memory with errors has a spare one that takes its place at the next reset of the card. Until then the bad one "
            + "is in use.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the card, once no process holds it, after which the flag is 0",
        Probability = new(0.005, 0.03, 0.08),
        ProbabilityOrigin = "own, after NCSA Delta (arXiv 2503.11901): replacing rows and containing errors mitigates 92 % of "
            + "uncorrectable errors on H100",
        Outranks = [new("memory-retired")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.TryRead(SignalId.RowRemapPending, verdicts, out var value) && value > 0) verdicts.Add(new Verdict(0, value, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "a bad row of memory is in use until the card is reset (flag 1, should be 0)",
        [subject.Seen(SignalId.RowRemapPending, "row remapping pending flag", verdict.Value, verdict.Threshold)]);
}
