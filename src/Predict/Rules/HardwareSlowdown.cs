using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The card's hardware holds its clocks down and nothing counts for how long: an old driver, or a cause that has no counter.</summary>
internal sealed class HardwareSlowdown : IHealthRule
{
    private const long Unnamed = 0;
    private const long Heat = 1;
    private const long Brake = 2;

    // The counters have a rule each; what they count is told there.
    private static readonly TimeSpan Counted = TimeSpan.FromMinutes(1);

    public RuleSheet Sheet { get; } = new()
    {
        Name = "hardware-slowdown",
        Title = "Held down by hardware",
        Doc = "The hardware itself, not the driver, holds the clocks at a half or less, second after second: for heat, for the node's supply, or for a cause that "
            + "it does not name. A job on many cards runs at the speed of this one.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: gpud asks for six samples of ten minutes; without a pause between them one minute is as sure"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: a card that is held down comes and goes by the minute; five without it are another state"),
        ClearedBy = "five minutes without it",
        Probability = new(0.001, 0.005, 0.02),
        ProbabilityOrigin = "own: as of the counters of heat and power brake",
        Outranks = [new("slow-card", 0)],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var heat = subject.Device.Growth(SignalId.ThrottledHardwareThermal, Counted, subject.Now).Total;
        var brake = subject.Device.Growth(SignalId.ThrottledHardwarePowerBrake, Counted, subject.Now).Total;
        if (!subject.TryRead(SignalId.ClockEventHardwareSlowdown, verdicts, out var held) || held == 0) return;
        var isHeat = subject.Device.TryGet(SignalId.ClockEventHardwareThermal, out var bit) && bit > 0;
        var isBrake = subject.Device.TryGet(SignalId.ClockEventHardwarePowerBrake, out bit) && bit > 0;
        if (isHeat && heat == 0) verdicts.Add(new Verdict(Heat, 1, 0));
        if (isBrake && brake == 0) verdicts.Add(new Verdict(Brake, 1, 0));
        if (!isHeat && !isBrake) verdicts.Add(new Verdict(Unnamed, 1, 0));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var (signal, why) = verdict.Key switch
        {
            Heat => (SignalId.ClockEventHardwareThermal, "for heat"),
            Brake => (SignalId.ClockEventHardwarePowerBrake, "by the node's power brake"),
            _ => (SignalId.ClockEventHardwareSlowdown, "for a cause that it does not name"),
        };
        return new(
            $"hardware has held the card down {why} for a minute (flag 1, should be 0)",
            [subject.Seen(signal, $"held down {why}", verdict.Value, verdict.Threshold)]);
    }
}
