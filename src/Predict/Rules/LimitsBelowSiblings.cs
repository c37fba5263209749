using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.Peers;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Somebody set a card lower than its siblings, and every job that waits for all of them goes at its pace.</summary>
internal sealed class LimitsBelowSiblings : IHealthRule
{
    // More cards of one model than a node has; what is beyond is left out.
    private const int MostSiblings = 64;

    // By key. The limit in force, not the one asked for: a module or the board may hold it lower.
    private static readonly ImmutableArray<(SignalId Signal, string What, string Unit, double Per)> Settings =
    [
        (SignalId.PowerLimit, "power limit", "W", 1),
        (SignalId.ClockMaxSm, "highest clock", "MHz", 1e6),
        (SignalId.ClockApplicationGraphics, "application clock", "MHz", 1e6),
    ];

    private static readonly Threshold Below = new("BelowPercent", 2, "%", 0.1, 90, "So far below the median of the siblings.",
        "own: a step of clock is below 1 %, and who sets a limit sets it further off than that");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "limits-below-siblings",
        Title = "Set lower than its siblings",
        Doc = "The power limit (key 0), the highest clock (key 1) or the application clock (key 2) of the card lies below that of at least three siblings of the same "
            + "model. It is slower by order, not ill: a setting that outlived its reason, or a card that was put in with the setting of another node.",
        Severity = Severity.Info,
        Actions = RecommendedActions.None,
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(10), "own: who sets all cards sets one after the other"),
        HasBootGrace = true,
        ClearedBy = "the same setting on all, or another median",
        Probability = default,
        ProbabilityOrigin = "none: it says nothing of the card",
        Thresholds = [Below],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        Span<double> siblings = stackalloc double[MostSiblings];
        for (var key = 0; key < Settings.Length; key++)
        {
            var signal = Settings[key].Signal;
            if (!subject.IsMeasured() || !subject.Device.TryGet(signal, out var own))
            {
                verdicts.Withhold(key);
                continue;
            }

            var median = MedianOf(in subject, signal, siblings);
            var below = median > 0 ? 100 * (1 - (own / median)) : 0;
            if (below > subject.Settings[Below]) verdicts.Add(new Verdict(key, Math.Round(below, 1), subject.Settings[Below]));
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, what, unit, per) = Settings[(int)verdict.Key];
        Span<double> siblings = stackalloc double[MostSiblings];
        subject.Device.TryGet(signal, out var own);
        return new(
            Invariant($"{what} {verdict.Value:0.0} % below its siblings (limit {verdict.Threshold:0.0} %)"),
            [
                subject.Seen(signal, $"{what} below siblings", verdict.Value, verdict.Threshold, "%"),
                subject.Seen(signal, $"{what}, and the siblings' median", own / per, MedianOf(in subject, signal, siblings) / per, unit),
            ]);
    }

    /// <summary>0 where there are too few to tell.</summary>
    private static double MedianOf(in Subject subject, SignalId signal, Span<double> values)
    {
        var count = 0;
        var devices = subject.Node.Devices;
        for (var i = 0; i < devices.Count && count < values.Length; i++)
        {
            if (devices[i] == subject.Device || devices[i].Device.Name != subject.Device.Device.Name || devices[i].Presence != DevicePresence.Measured) continue;
            if (devices[i].TryGet(signal, out var value)) values[count++] = value;
        }

        return count < PeerComparison.LeastSiblings ? 0 : Median.Of(values[..count]);
    }
}
