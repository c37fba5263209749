using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>On-chip memory passed the maker's limit for replacement.</summary>
internal sealed class EccSramThreshold : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "ecc-sram-threshold",
        Title = "On-chip memory past its limit",
        Doc = "On-chip memory had so many different uncorrectable errors that the card itself says it is past the maker's limit: more "
            + "than 4 at one bank address with parity, more than 2 with correction. The maker takes it back when its field diagnosis "
            + "confirms it.",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.ReplaceHardware),
        Latch = Latch.Repair,
        ClearedBy = "another card in the slot, or `forewarn clear` after the maker's diagnosis passed",
        Probability = new(0.01, 0.1, 0.4),
        ProbabilityOrigin = "own; NVIDIA GPU memory error management names the flag as the criterion for a return, no public rate is "
            + "known",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.TryRead(SignalId.EccSramThresholdExceeded, verdicts, out var value) && value > 0) verdicts.Add(new Verdict(0, value, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "on-chip memory passed the maker's limit for replacement (flag 1, should be 0)",
        [subject.Seen(SignalId.EccSramThresholdExceeded, "on-chip memory threshold flag", verdict.Value, verdict.Threshold)]);
}
