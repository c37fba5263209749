using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Banks of memory in which few spare rows are left.</summary>
internal sealed class RowRemapSparesLow : IHealthRule
{
    private static readonly Threshold Banks = new("Banks", 1, "", 1, 10000, "banks with few spare rows left",
        "NVIDIA GPU memory error management: the histogram of spare rows; a first one is own");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "row-remap-spares-low",
        Title = "Few spare rows left",
        Doc = "In some banks of memory most spare rows are used. When the last is gone, the next uncorrectable error there cannot be "
            + "repaired.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearedBy = "another card in the slot, or the maker's repair",
        Probability = new(0.0002, 0.002, 0.02),
        ProbabilityOrigin = "own: three times the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC)",
        Thresholds = [Banks],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.RowRemapBanksLow, verdicts, out var value)) return;
        if (value >= subject.Settings[Banks]) verdicts.Add(new Verdict(0, value, subject.Settings[Banks]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"few spare rows left in {Counted.Of(verdict.Value, "bank")} of memory (limit {verdict.Threshold:0})"),
        [subject.Seen(SignalId.RowRemapBanksLow, "banks with few spare rows", verdict.Value, verdict.Threshold)]);
}
