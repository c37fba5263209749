using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>The card is hotter than its maker allows for work.</summary>
internal sealed class TemperatureOverLimit : IHealthRule
{
    private const long Chip = 0;
    private const long Memory = 1;

    private static readonly Threshold Over = new("Over", 0, "°C", 0, 30, "how far past the limit it must be",
        "the card's own limit; gpud's temperature component calls a card degraded already above the operating maximum of chip or memory");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "temperature-over-limit",
        Title = "Past its temperature limit",
        Doc = "Chip or memory is at or past the temperature at which the card slows itself down, by the card's own limits. Every job on it waits for this card; "
            + "air, fans, pumps and the neighbours are the first to look at.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromSeconds(30), "own: thirty readings of the fast lane: the card holds its own limit within seconds where it can"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five minutes below it, as a change of load takes to show in the temperature"),
        ClearedBy = "five minutes below the limit",
        Probability = new(0.001, 0.005, 0.02),
        ProbabilityOrigin = "own: thermal causes are 6 of 419 interruptions of Llama 3 (arXiv 2407.21783), and hardly any without such a temperature before",
        Outranks = [new("temperature-near-limit"), new("temperature-siblings")],
        Thresholds = [Over],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var chip = ThermalRoom.OfChip(in subject, SignalId.TemperatureLimitSlowdown, SignalId.TemperatureTLimitSlowdown);
        var memory = ThermalRoom.OfMemory(in subject);
        if (!subject.IsMeasured() || (chip is null && memory is null)) verdicts.Withhold();
        else
        {
            Hold(Chip, chip, subject.Settings[Over], verdicts);
            Hold(Memory, memory, subject.Settings[Over], verdicts);
        }
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, what) = verdict.Key == Chip ? (ThermalRoom.OfChipReadFrom(in subject), "the chip") : (SignalId.TemperatureMemory, "its memory");
        return new(
            Invariant($"{what} is {verdict.Value:0} °C past the temperature at which the card slows down (limit {verdict.Threshold:0} °C)"),
            [subject.Seen(signal, $"{what} past its limit", verdict.Value, verdict.Threshold, "°C")]);
    }

    private static void Hold(long key, double? room, double over, Verdicts verdicts)
    {
        if (room <= -over) verdicts.Add(new Verdict(key, 0 - room.Value, over));
    }
}
