using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Rows of memory replaced for uncorrectable errors, up to what a card allows.</summary>
internal sealed class RowRemapCount : IHealthRule
{
    private static readonly Threshold Rows = new("Rows", 512, "", 1, 100000, "rows replaced for uncorrectable errors",
        "NVIDIA GPU memory error management: 512 on a card set the failure flag; DCGM health warns (132) from 512 on");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "row-remap-count",
        Title = "As many rows remapped as can be",
        Doc = "So many rows of memory were replaced for uncorrectable errors that the card allows no more; the next one counts as a "
            + "failed repair.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Latch = Latch.Repair,
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.002, 0.02, 0.1),
        ProbabilityOrigin = "own, between a pending and a failed remap; NCSA Delta (arXiv 2503.11901) counts eight failures to remap on "
            + "its H100",
        Thresholds = [Rows],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.RemappedRowsUncorrectable, verdicts, out var value)) return;
        if (value >= subject.Settings[Rows]) verdicts.Add(new Verdict(0, value, subject.Settings[Rows]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"{verdict.Value:0} rows of memory were replaced for uncorrectable errors (limit {verdict.Threshold:0})"),
        [subject.Seen(SignalId.RemappedRowsUncorrectable, "rows remapped for uncorrectable errors", verdict.Value, verdict.Threshold)]);
}
