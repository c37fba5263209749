using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Banks of memory in which no spare row is left.</summary>
internal sealed class RowRemapSparesSpent : IHealthRule
{
    private static readonly Threshold Banks = new("Banks", 1, "", 1, 10000, "banks without a spare row",
        "NVIDIA GPU memory error management: the next uncorrectable error in such a bank fails to be remapped");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "row-remap-spares-spent",
        Title = "No spare rows left",
        Doc = "In some banks of memory every spare row is used: the next uncorrectable error there cannot be repaired, and the maker's "
            + "limit for replacement is then reached.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Latch = Latch.Repair,
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.001, 0.01, 0.06),
        ProbabilityOrigin = "own: ten times the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC)",
        Outranks = [new("row-remap-spares-low")],
        Thresholds = [Banks],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.RowRemapBanksNone, verdicts, out var value)) return;
        if (value >= subject.Settings[Banks]) verdicts.Add(new Verdict(0, value, subject.Settings[Banks]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"no spare row left in {Counted.Of(verdict.Value, "bank")} of memory (limit {verdict.Threshold:0})"),
        [subject.Seen(SignalId.RowRemapBanksNone, "banks without spare rows", verdict.Value, verdict.Threshold)]);
}
