using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The driver lets go of an idle card.</summary>
internal sealed class PersistenceOff : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "persistence-off",
        Title = "Persistence mode off",
        Doc = "The driver shuts an idle card down and starts it again for the next program. That takes seconds, restarts every counter, "
            + "and hides errors from between.",
        Severity = Severity.Info,
        Actions = new(WorkAction.None, RepairAction.None),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(2), "own: two readings of the slow lane"),
        HasBootGrace = true,
        ClearedBy = "persistence mode on, or its daemon running",
        Probability = new(0, 0, 0),
        ProbabilityOrigin = "none: it says nothing of the card",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.TryRead(SignalId.PersistenceEnabled, verdicts, out var value) && value == 0) verdicts.Add(new Verdict(0, value, 1));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "persistence mode is off (0, should be 1)",
        [subject.Seen(SignalId.PersistenceEnabled, "persistence mode", verdict.Value, verdict.Threshold)]);
}
