using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The card's hardware halves its clocks for heat, again and again.</summary>
internal sealed class ThrottledHardwareThermal : IHealthRule
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private static readonly Threshold Watched = new("Watched", 0.1, "", 0.001, 1, "share of ten minutes from which on the card is watched",
        "own: DCGM health warns of any time within a minute, which a card at its limit under load does daily");

    private static readonly Threshold Slowed = new("Slowed", 0.6, "", 0.001, 1, "share of ten minutes from which on the card is called degraded",
        "gpud, hardware slowdown component: six minutes of ten");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "throttled-hardware-thermal",
        Title = "Slowed down by hardware for heat",
        Doc = "The hardware itself, not the driver, cuts the clocks to a half or less because chip or memory is too hot. A job on many cards runs at "
            + "the speed of this one.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        ClearedBy = "twenty minutes without it",
        Probability = new(0.001, 0.005, 0.02),
        ProbabilityOrigin = "own: thermal causes are 6 of 419 interruptions of Llama 3 (arXiv 2407.21783), and hardly any without throttling before",
        Outranks = [new("throttled-software-thermal"), new("slow-card", 0)],
        Thresholds = [Watched, Slowed],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryGrow(SignalId.ThrottledHardwareThermal, Window, verdicts, out var growth) || !growth.IsSustained) return;
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
        Invariant($"hardware slowed the card down for heat for {verdict.Value:0 %} of the last ten minutes (limit {verdict.Threshold:0 %})"),
        [subject.Seen(SignalId.ThrottledHardwareThermal, "share of ten minutes", verdict.Value, verdict.Threshold)]);
}
