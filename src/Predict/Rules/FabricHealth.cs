using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>What the driver says of the health of the card's fabric, condition by condition.</summary>
internal sealed class FabricHealth : IHealthRule
{
    private const long Misconfigured = 100;
    private const long Summed = 101;
    private const double Unhealthy = 2;

    private static readonly (SignalId Signal, Severity Severity, string What)[] Conditions =
    [
        (SignalId.FabricDegradedBandwidth, Severity.Degraded, "has less bandwidth than it should"),
        (SignalId.FabricRouteUnhealthy, Severity.Degraded, "has a route that does not work"),
        (SignalId.FabricRouteRecovery, Severity.Watch, "is mending a route"),
        (SignalId.FabricAccessTimeoutRecovery, Severity.Watch, "recovers from an access that timed out"),
    ];

    private static readonly string[] Faults =
    [
        "", "", "the system's id does not match", "the chassis serial does not match", "it has no partition", "too few links are up", "its firmware does not fit",
        "it sits in the wrong place", "the card is in an invalid state",
    ];

    public RuleSheet Sheet { get; } = new()
    {
        Name = "fabric-health",
        Title = "Fabric of the card unwell",
        Doc = "The driver says that the fabric to which the card belongs lacks bandwidth, has a route that does not work, is being mended, or is set up wrongly for this card. "
            + "Jobs that span cards fail or slow down.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric),
        Debounce = Delay.Debounce(TimeSpan.FromSeconds(90), "own: two readings of the slow lane, one a minute"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five readings of the slow lane in good order"),
        HasBootGrace = true,
        ClearedBy = "the condition gone for five minutes",
        Probability = new(0.05, 0.1, 0.2),
        ProbabilityOrigin = "own: DCGM health fails the card on each of these (33); of errors of such links 20 % are terminal (NCSA Delta, arXiv 2503.11901)",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (told, isExplained) = (false, false);
        for (var i = 0; i < Conditions.Length; i++)
        {
            if (!subject.TryRead(Conditions[i].Signal, 0, verdicts, out var holds)) continue;
            told = true;
            if (holds == 0) continue;
            isExplained = true;
            Add(i, holds, 0, Conditions[i].Severity, verdicts);
        }

        if (subject.TryRead(SignalId.FabricMisconfiguration, 0, verdicts, out var fault))
        {
            told = true;
            isExplained |= fault > 1;
            if (fault > 1) Add(Misconfigured, fault, 1, Severity.Degraded, verdicts);
        }

        // The sum of the above, told only where they say nothing.
        if (subject.TryRead(SignalId.FabricHealth, 0, verdicts, out var health))
        {
            told = true;
            if (health > 1 && !isExplained) Add(Summed, health, 1, health == Unhealthy ? Severity.Degraded : Severity.Watch, verdicts);
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, what) = verdict.Key switch
        {
            Misconfigured => (SignalId.FabricMisconfiguration, $"is set up wrongly for the card: {(verdict.Value < Faults.Length ? Faults[(int)verdict.Value] : "a reason not known here")}"),
            Summed => (SignalId.FabricHealth, verdict.Value == Unhealthy ? "is unhealthy" : "is of limited capacity"),
            _ => (Conditions[verdict.Key].Signal, Conditions[verdict.Key].What),
        };
        return new(
            Invariant($"the driver says that the card's fabric {what} (value {verdict.Value:0}, should be {verdict.Threshold:0})"),
            [subject.Seen(signal, $"the card's fabric {what}", verdict.Value, verdict.Threshold)]);
    }

    private static void Add(long key, double value, double threshold, Severity severity, Verdicts verdicts) => verdicts.Add(severity == Severity.Degraded
        ? new Verdict(key, value, threshold)
        : new Verdict(key, value, threshold) { Severity = severity, Actions = new(WorkAction.Observe, RepairAction.InspectFabric) });
}
