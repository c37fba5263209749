using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card could not take a bad memory row out of use.</summary>
internal sealed class RowRemapFailed : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "row-remap-failed",
        Title = "Row remapping failed",
        Doc = "A row of memory with uncorrectable errors could not be replaced by a spare one: the bank has none left, or the row had been replaced "
            + "before. The next error there hits a job. The maker takes the card back when its field diagnosis confirms it.",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
        Latch = Latch.Repair,
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.01, 0.1, 0.4),
        ProbabilityOrigin = "own; NVIDIA GPU memory error management names the flag as the criterion for a return, no public rate is known",
        Outranks = [new("row-remap-spares-spent"), new("row-remap-spares-low")],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.Device.TryGet(SignalId.RowRemapFailed, out var failed)) verdicts.Withhold();
        else if (failed > 0) verdicts.Add(new Verdict(0, failed, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "a bad row of memory could not be replaced by a spare one (flag 1, should be 0)",
        [new("row remapping failure flag", verdict.Value, verdict.Threshold, "", "", subject.Device.Signal(SignalId.RowRemapFailed).ReadAt(0))]);
}
