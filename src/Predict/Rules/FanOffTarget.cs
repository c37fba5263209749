using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>A fan does not reach the speed that it is to have.</summary>
internal sealed class FanOffTarget : IHealthRule
{
    private static readonly Threshold Off = new("Off", 0.25, "", 0.01, 1, "share of its full speed by which a fan lies below its target",
        "own: a fan follows its target within seconds; a quarter is more than it lags in the minute between two readings");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "fan-off-target",
        Title = "Fan below its target",
        Doc = "A fan of the card has not reached the speed that it is to have for minutes: it wears out, or something is in its way.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(5), "own: five readings of the slow lane; a fan that speeds up follows within seconds"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: ten readings of the slow lane in good order; what goes and comes within that is one trouble"),
        ClearedBy = "the fan at its target for ten minutes",
        Probability = new(0.0002, 0.002, 0.02),
        ProbabilityOrigin = "own: InfiniteHBD-Trace has 33 fan faults among 584; what they lead to is not public",
        Thresholds = [Off],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var told = false;
        for (ushort fan = 0; fan < subject.Device.Instances(SignalId.FanTarget); fan++)
        {
            if (!subject.TryRead(SignalId.FanTarget, fan, verdicts, out var target)) continue;
            if (!subject.TryRead(SignalId.FanSpeed, fan, verdicts, out var speed)) continue;
            told = true;
            if (target - speed >= subject.Settings[Off]) verdicts.Add(new Verdict(fan, target - speed, subject.Settings[Off]));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"fan {verdict.Key} is {verdict.Value:0 %} of its full speed below its target (limit {verdict.Threshold:0 %})"),
        [subject.Seen(SignalId.FanSpeed, "fan below its target", verdict.Value, verdict.Threshold, "", (ushort)verdict.Key)]);
}
