using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The card is about to get too hot.</summary>
internal sealed class TemperatureNearLimit : IHealthRule
{
    private const long Chip = 0;
    private const long Memory = 1;

    private static readonly Threshold Room = new("Room", 5, "°C", 0, 50, "what is left before the card slows down, or its memory is at its limit",
        "own: a card whose air is blocked warms by some degrees a minute, so that this is a minute's notice; AcmeTrace: 99 % of A100 readings lie 20 °C below");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "temperature-near-limit",
        Title = "Near its temperature limit",
        Doc = "Chip or memory has been within a few degrees of the temperature at which the card slows itself down, by the card's own limits.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: sixty readings of the fast lane; a peak of load is shorter"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five minutes further away, as a change of load takes to show in the temperature"),
        ClearedBy = "five minutes further away from the limit",
        Probability = new(0.0001, 0.001, 0.008),
        ProbabilityOrigin = "own: little above the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC); on Summit temperature did not foretell failure",
        Thresholds = [Room],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var chip = ThermalRoom.OfChip(in subject, SignalId.TemperatureLimitSlowdown, SignalId.TemperatureTLimitSlowdown);
        var memory = ThermalRoom.OfMemory(in subject);
        if (!subject.IsMeasured() || (chip is null && memory is null)) verdicts.Withhold();
        else
        {
            Hold(Chip, chip, subject.Settings[Room], verdicts);
            Hold(Memory, memory, subject.Settings[Room], verdicts);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, what) = verdict.Key == Chip ? (ThermalRoom.OfChipReadFrom(in subject), "the chip") : (SignalId.TemperatureMemory, "its memory");
        return new(
            Invariant($"{what} is {verdict.Value:0} °C below the temperature at which the card slows down (limit {verdict.Threshold:0} °C)"),
            [subject.Seen(signal, $"room of {what} to its limit", verdict.Value, verdict.Threshold, "°C")]);
    }

    /// <summary>Past the limit is another rule's.</summary>
    private static void Hold(long key, double? room, double limit, Verdicts verdicts)
    {
        if (room > 0 && room <= limit) verdicts.Add(new Verdict(key, room.Value, limit));
    }
}
