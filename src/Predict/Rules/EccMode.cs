using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>Error correction is off where it is on by default, or will change at the next reset: a matter of configuration.</summary>
internal sealed class EccMode : IHealthRule
{
    private const long Off = 0;
    private const long Pending = 1;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "ecc-mode",
        Title = "Error correction off or about to change",
        Doc = "Error correction of the memory is off on a card that has it on by default, or somebody changed it and the change waits for a reset. While it is "
            + "off, memory errors are neither corrected nor counted and no rule here can see them.",
        Severity = Severity.Info,
        ClearedBy = "error correction as the card has it by default, and no change pending",
        Actions = RecommendedActions.None,
        Probability = default,
        ProbabilityOrigin = "none: it says nothing of the card",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.EccEnabled, verdicts, out var enabled)) return;
        if (enabled == 0 && subject.Device.TryGet(SignalId.EccDefault, out var byDefault) && byDefault > 0) verdicts.Add(new Verdict(Off, 0, 1));
        if (subject.Device.TryGet(SignalId.EccPending, out var next) && next != enabled) verdicts.Add(new Verdict(Pending, next, enabled));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => verdict.Key == Off
        ? new(
            "error correction is off, which is on by default (0, should be 1)",
            [subject.Seen(SignalId.EccEnabled, "error correction on", verdict.Value, verdict.Threshold)])
        : new(
            verdict.Value > 0 ? "error correction will be on after the next reset (is 0, will be 1)" : "error correction will be off after the next reset (is 1, will be 0)",
            [subject.Seen(SignalId.EccPending, "error correction on after the next reset", verdict.Value, verdict.Threshold)]);
}
