using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The supply pulls the card's brake, again and again.</summary>
internal sealed class ThrottledPowerBrake : IHealthRule
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly Threshold Watched = new("Watched", 0.1, "", 0.001, 1, "share of ten minutes from which on the card is watched",
        "own: a brake of a minute in ten is no transient of a supply that was switched over");

    private static readonly Threshold Slowed = new("Slowed", 0.6, "", 0.001, 1, "share of ten minutes from which on the card is called degraded",
        "gpud, hardware slowdown component: six minutes of ten");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "throttled-power-brake",
        Title = "Slowed down by the power brake",
        Doc = "A signal from outside the card (the node's supply, the rack) makes it cut its clocks to a half or less. Supplies that fail or are too small "
            + "pull it; look at them before the card.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        ClearedBy = "twenty minutes without it",
        Probability = new(0.001, 0.005, 0.02),
        ProbabilityOrigin = "own: InfiniteHBD-Trace has 26 supply faults among 584; what they lead to is not public",
        Outranks = [new("slow-card", 0)],
        Thresholds = [Watched, Slowed],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryGrow(SignalId.ThrottledHardwarePowerBrake, Window, verdicts, out var growth) || !growth.IsSustained) return;
        var share = growth.Total / Window.TotalSeconds;
        if (share >= subject.Settings[Slowed])
        {
            verdicts.Add(new Verdict(0, share, subject.Settings[Slowed])
            {
                Severity = Severity.Degraded,
                Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
            });
        }
        else if (share >= subject.Settings[Watched])
        {
            verdicts.Add(new Verdict(0, share, subject.Settings[Watched]));
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"the power brake held the card for {verdict.Value:0 %} of the last ten minutes (limit {verdict.Threshold:0 %})"),
        [subject.Seen(SignalId.ThrottledHardwarePowerBrake, "share of ten minutes", verdict.Value, verdict.Threshold)]);
}
