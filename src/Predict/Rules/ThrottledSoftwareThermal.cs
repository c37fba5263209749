using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The driver lowers the clocks for heat most of the time.</summary>
internal sealed class ThrottledSoftwareThermal : IHealthRule
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly Threshold Watched = new("Watched", 0.5, "", 0.001, 1, "share of ten minutes from which on the card is watched",
        "own: the driver does so in steps long before hardware must, and cards without water do it for minutes at a time");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "throttled-software-thermal",
        Title = "Slowed down by the driver for heat",
        Doc = "The driver has been lowering the clocks because chip or memory is near its limit. It is how a card is meant to behave in warm air; for most of "
            + "the time it means that the cooling is too small for the work.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        ClearedBy = "twenty minutes without it",
        Probability = new(0.0001, 0.001, 0.008),
        ProbabilityOrigin = "own: little above the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC)",
        Thresholds = [Watched],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryGrow(SignalId.ThrottledSoftwareThermal, Window, verdicts, out var growth) || !growth.IsSustained) return;
        var share = growth.Total / Window.TotalSeconds;
        if (share >= subject.Settings[Watched]) verdicts.Add(new Verdict(0, share, subject.Settings[Watched]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"the driver slowed the card down for heat for {verdict.Value:0 %} of the last ten minutes (limit {verdict.Threshold:0 %})"),
        [subject.Seen(SignalId.ThrottledSoftwareThermal, "share of ten minutes", verdict.Value, verdict.Threshold)]);
}
