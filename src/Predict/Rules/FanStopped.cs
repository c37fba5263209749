using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>A fan stands still although the card asks for air.</summary>
internal sealed class FanStopped : IHealthRule
{
    private static readonly Threshold Asked = new("Asked", 0.2, "", 0.01, 2, "share of its full speed that the card asks for while it stands still",
        "own: below a fifth some fans stand still on purpose");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "fan-stopped",
        Title = "Fan stands still",
        Doc = "A fan of the card does not turn although the card asks it to. The others, if there are any, can hold the temperature under light load alone.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(2), "own: two readings of the slow lane"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: ten readings of the slow lane in good order; what goes and comes within that is one trouble"),
        ClearedBy = "the fan turning for ten minutes",
        Probability = new(0.002, 0.02, 0.1),
        ProbabilityOrigin = "own: InfiniteHBD-Trace has 33 fan faults among 584; what they lead to is not public",
        Thresholds = [Asked],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var told = false;
        for (ushort fan = 0; fan < subject.Device.Instances(SignalId.FanRevolutions); fan++)
        {
            if (!subject.TryRead(SignalId.FanRevolutions, fan, verdicts, out var revolutions)) continue;
            if (!subject.TryRead(SignalId.FanSpeed, fan, verdicts, out var asked)) continue;
            told = true;
            if (revolutions == 0 && asked >= subject.Settings[Asked]) verdicts.Add(new Verdict(fan, asked, subject.Settings[Asked]));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"fan {verdict.Key} does not turn while {verdict.Value:0 %} of its speed is asked for (limit {verdict.Threshold:0 %})"),
        [
            subject.Seen(SignalId.FanRevolutions, "revolutions a minute", 0, null, "/min", (ushort)verdict.Key),
            subject.Seen(SignalId.FanSpeed, "speed asked for", verdict.Value, verdict.Threshold, "", (ushort)verdict.Key),
        ]);
}
