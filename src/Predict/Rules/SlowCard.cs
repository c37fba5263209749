using Forewarn.Model;
using Forewarn.Predict.History;
using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Rules;

/// <summary>A card does less than its siblings at equal load: every job that waits for all of them goes at its pace.</summary>
internal sealed class SlowCard : IHealthRule
{
    private const int Window = Minutes.Length;

    private static readonly Threshold Below = new("BelowPercent", 5, "%", 1, 50,
        "Clock or power so far below the median of the siblings at equal load, on average over ten minutes and never less than half of it.",
        "own, the project's definition of a slow card; ten minutes hold the four of the continuity filter of Minder (NSDI 2025)");

    // Older comparisons say nothing about now: the card is idle, or its siblings do something else.
    private static readonly TimeSpan Current = TimeSpan.FromMinutes(2);

    public RuleSheet Sheet { get; } = new()
    {
        Name = "slow-card",
        Title = "Slow card",
        Doc = "Clock (key 0) or power (key 1) lies below that of at least three siblings of the same model at equal load and equal settings. A lower clock slows "
            + "every collective operation of the job. While the card holds itself to its power limit, silicon and heat differ honestly, and so does the "
            + "power of stages of one job: those are only watched.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        ClearAfter = TimeSpan.FromMinutes(5),
        ClearedBy = "ten comparable minutes that are not below the siblings",
        Probability = new(0.0002, 0.003, 0.02),
        ProbabilityOrigin = "own: a few times the base rate of RSC-1 (2410.21680), 0.81 per 1,000 device-days; fail-slow precedes few failures",
        Thresholds = [Below],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var any = Judge(subject, PeerSignal.Clock, verdicts);
        any |= Judge(subject, PeerSignal.Power, verdicts);
        if (!any) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var signal = (PeerSignal)verdict.Key;
        var (what, id, unit, per) = signal == PeerSignal.Clock ? ("clock", SignalId.ClockSm, "MHz", 1e6) : ("power", SignalId.Power, "W", 1.0);
        subject.Device.TryGet(id, out var own);
        var siblings = PeerComparison.SiblingsMedian(subject.Device, subject.Node, signal, subject.Now);
        var held = verdict.Severity == Severity.Watch && signal == PeerSignal.Clock ? "; it holds itself to its power limit" : "";
        var off = new Evidence($"{what} below siblings at equal load, mean of {Window} min", verdict.Value, verdict.Threshold, "%", "", subject.Device.Peers[signal].Last);
        return new(
            $"{what} {verdict.Value:0.0} % below its siblings at equal load for {Window} min (limit {verdict.Threshold:0.0} %){held}",
            double.IsNaN(siblings) ? [off] : [off, new Evidence($"{what} now, and the siblings' median", own / per, siblings / per, unit, "", subject.Device.Sampled)]);
    }

    /// <summary>False when nobody can tell.</summary>
    private static bool Judge(in Subject subject, PeerSignal signal, Verdicts verdicts)
    {
        ref readonly var state = ref subject.Device.Peers[signal];
        if (subject.Now - state.Last > Current || state.Filled < Window) return false;
        var (limit, mean) = (subject.Settings[Below], -100 * state.Mean(Window));
        if (mean > limit && -100 * state.Largest(Window) > limit / 2)
        {
            var isWatched = signal == PeerSignal.Power || IsHeld(subject.Device);
            verdicts.Add(new Verdict((long)signal, Math.Round(mean, 1), limit)
            {
                Severity = isWatched ? Severity.Watch : null,
                Actions = isWatched ? new(WorkAction.Observe, RepairAction.None) : null,
            });
        }

        return true;
    }

    private static bool IsHeld(DeviceHistory device) => device.TryGet(SignalId.ClockEventSoftwarePowerCap, out var held) && held > 0;
}
