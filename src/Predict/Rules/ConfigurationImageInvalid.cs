using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card's configuration image does not pass its own check.</summary>
internal sealed class ConfigurationImageInvalid : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "configuration-image-invalid",
        Title = "Configuration image invalid",
        Doc = "The card's configuration image, in which it keeps its error counts and the list of bad memory, does not pass its own "
            + "check. What protects the memory may be forgotten at the next start.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(2), "own: two readings of the slow lane, so that one that failed in passing says nothing"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: ten readings of the slow lane in good order; what goes and comes within that is one trouble"),
        ClearedBy = "the check passing again, or another card in the slot",
        Probability = new(0.0005, 0.005, 0.03),
        ProbabilityOrigin = "own: DCGM health warns (9) and asks for a person; no public rate is known",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.TryRead(SignalId.ConfigurationImageValid, verdicts, out var value) && value == 0) verdicts.Add(new Verdict(0, value, 1));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "the card's configuration image does not pass its own check (flag 0, should be 1)",
        [subject.Seen(SignalId.ConfigurationImageValid, "configuration image check", verdict.Value, verdict.Threshold)]);
}
