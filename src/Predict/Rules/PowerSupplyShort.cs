using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card says that what feeds it is too small, or a battery.</summary>
internal sealed class PowerSupplyShort : IHealthRule
{
    private const double TooSmall = 2;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "power-supply-short",
        Title = "Supply too small",
        Doc = "The card says that it is fed by a supply too small for it, or by a battery. A plug that is not fully in looks the same.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(2), "own: two readings of the slow lane, so that a supply that is switched over says nothing"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five readings of the slow lane in good order"),
        ClearedBy = "five minutes on a supply that suffices",
        Probability = new(0.0005, 0.005, 0.03),
        ProbabilityOrigin = "own: InfiniteHBD-Trace has 26 supply faults among 584; what they lead to is not public",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.PowerSource, verdicts, out var source) || source <= 0) return;
        verdicts.Add(source >= TooSmall
            ? new Verdict(0, source, 0) { Severity = Severity.Degraded, Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware) }
            : new Verdict(0, source, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        verdict.Value >= TooSmall ? "the card's supply is too small for it (source 2, should be 0)" : "the card runs on a battery (source 1, should be 0)",
        [subject.Seen(SignalId.PowerSource, "power source", verdict.Value, verdict.Threshold)]);
}
