using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The card draws more than it is allowed to.</summary>
internal sealed class PowerOverLimit : IHealthRule
{
    private static readonly Threshold Over = new("Over", 1.15, "", 1, 3, "power as a multiple of the limit in force, all through the debounce time",
        "own: in AcmeTrace 99 % of the readings of A100 (limit 400 W) lie below 442 W and single ones reach 600 W; a whole minute above 460 W is neither");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "power-over-limit",
        Title = "Draws more than its limit",
        Doc = "The card has drawn clearly more than its power limit for a minute: the regulation of its power does not work, or its sensor is wrong. What feeds it is "
            + "built for the limit.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: in AcmeTrace single readings of an A100 reach 600 W of 400 W; a whole minute of them none"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five minutes at or below its limit, whatever the load does"),
        ClearedBy = "five minutes at or below the limit",
        Probability = new(0.0002, 0.002, 0.015),
        ProbabilityOrigin = "own: some three times the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC); no public rate is known",
        Thresholds = [Over],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryRead(SignalId.Power, verdicts, out var watts) || !subject.TryRead(SignalId.PowerLimit, verdicts, out var limit)) return;
        var most = limit * subject.Settings[Over];
        if (limit > 0 && watts > most) verdicts.Add(new Verdict(0, watts, most));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"the card draws {verdict.Value:0} W (limit {verdict.Threshold:0} W, tolerance included)"),
        [subject.Seen(SignalId.Power, "power", verdict.Value, verdict.Threshold, "W")]);
}
