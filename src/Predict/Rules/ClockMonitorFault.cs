using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card's own watch over its clocks saw one out of its range.</summary>
internal sealed class ClockMonitorFault : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "clock-monitor-fault",
        Title = "Clock out of its range",
        Doc = "The card watches its own clocks and saw one that was not what it was set to. What was computed meanwhile may be wrong.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Latch = Latch.Reset,
        ClearedBy = "a reset of the card, after which the flag is 0",
        Probability = new(0.001, 0.01, 0.05),
        ProbabilityOrigin = "own: ten times the base rate of a card; no public rate is known",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (subject.TryRead(SignalId.ClockMonitorFault, verdicts, out var value) && value > 0) verdicts.Add(new Verdict(0, value, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        "the card's own watch over its clocks saw one out of range (flag 1, should be 0)",
        [subject.Seen(SignalId.ClockMonitorFault, "clock monitor fault flag", verdict.Value, verdict.Threshold)]);
}
