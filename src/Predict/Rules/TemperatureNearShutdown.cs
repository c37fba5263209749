using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The card is about to switch itself off.</summary>
internal sealed class TemperatureNearShutdown : IHealthRule
{
    private static readonly Threshold Room = new("Room", 2, "°C", 0, 30, "what is left before the card switches itself off",
        "own: the limit of slowing down lies 3 °C below that of switching off on H100, and slowing down has then failed to help");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "temperature-near-shutdown",
        Title = "About to switch itself off",
        Doc = "The chip is within a few degrees of the temperature at which the card switches itself off, by the card's own limit. It has slowed down already and "
            + "that did not help.",
        Severity = Severity.Failing,
        Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromSeconds(5), "own: five readings of the fast lane: there is no time for more, and one may be wrong"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: twice that of the limit below: a card so near its end is believed later"),
        ClearedBy = "ten minutes further away from the limit",
        Probability = new(0.3, 0.5, 0.6),
        ProbabilityOrigin = "own: the card switches itself off unless the cause goes; no public rate is known",
        Outranks = [new("temperature-over-limit"), new("temperature-near-limit"), new("temperature-siblings")],
        Thresholds = [Room],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var room = ThermalRoom.OfChip(in subject, SignalId.TemperatureLimitShutdown, SignalId.TemperatureTLimitShutdown);
        if (room is null || !subject.IsMeasured()) verdicts.Withhold();
        else if (room <= subject.Settings[Room]) verdicts.Add(new Verdict(0, room.Value, subject.Settings[Room]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"the chip is {Math.Abs(verdict.Value):0} °C {(verdict.Value < 0 ? "past" : "below")} the temperature at which the card switches itself off (limit {verdict.Threshold:0} °C below)"),
        [subject.Seen(ThermalRoom.OfChipReadFrom(in subject), "room to switching off", verdict.Value, verdict.Threshold, "°C")]);
}
