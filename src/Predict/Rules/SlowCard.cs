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

    // Own figure: of seven others one may be odd as well.
    private const double Alike = 0.8;

    // RSC-1 (2410.21680), 0.81 failures in 1,000 device-days: it tells little.
    private static readonly FailureProbability BaseRate = new(0.00004, 0.0008, 0.006);

    // Older comparisons say nothing about now: the card is idle, or its siblings do something else.
    private static readonly TimeSpan Current = TimeSpan.FromMinutes(2);

    public RuleSheet Sheet { get; } = new()
    {
        Name = "slow-card",
        Title = "Slow card",
        Doc = "Clock (key 0) or power (key 1) lies below that of at least three siblings of the same model at equal load and equal settings. A lower clock slows "
            + "every collective operation of the job. Minutes in which the card draws what its power limit allows are left out: there silicon and heat differ "
            + "honestly. Lower power alone is for information, and watched where it is not the card's habit: less work and good silicon draw less, too. A card that "
            + "holds itself though it draws less than its limit is watched.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five comparisons, one a minute, after the ten that must no more be slow"),
        ClearedBy = "ten comparable minutes that are not below the siblings",
        Probability = new(0.0002, 0.003, 0.02),
        ProbabilityOrigin = "own: a few times the base rate of RSC-1 (2410.21680), 0.81 per 1,000 device-days; fail-slow precedes few failures",
        Thresholds = [Below],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        Judge(subject, PeerSignal.Clock, verdicts);
        Judge(subject, PeerSignal.Power, verdicts);
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var signal = (PeerSignal)verdict.Key;
        var (what, id, unit, per) = signal == PeerSignal.Clock ? ("clock", SignalId.ClockSm, "MHz", 1e6) : ("power", SignalId.Power, "W", 1.0);
        subject.Device.TryGet(id, out var own);
        var siblings = PeerComparison.SiblingsMedian(subject.Device, subject.Node, signal, subject.Now);
        var held = verdict.Severity == Severity.Watch && signal == PeerSignal.Clock ? "; it says that its power limit holds it, and draws less" : "";
        var off = new Evidence($"{what} below siblings at equal load, mean of {Window} min", verdict.Value, verdict.Threshold, "%", "", subject.Device.Peers[signal].Last);
        return new(
            $"{what} {verdict.Value:0.0} % below its siblings at equal load for {Window} min (limit {verdict.Threshold:0.0} %){held}",
            double.IsNaN(siblings) ? [off] : [off, new Evidence($"{what} now, and the siblings' median", own / per, siblings / per, unit, "", subject.Device.Sampled)]);
    }

    private static void Judge(in Subject subject, PeerSignal signal, Verdicts verdicts)
    {
        ref readonly var state = ref subject.Device.Peers[signal];
        if (subject.Now - state.Last > Current || state.Filled < Window)
        {
            verdicts.Withhold((long)signal);
            return;
        }

        var (limit, mean) = (subject.Settings[Below], -100 * state.Mean(Window));
        if (mean <= limit || -100 * state.Largest(Window) <= limit / 2) return;
        if (signal == PeerSignal.Power && !AreOthersAlike(in subject, limit)) return;
        var verdict = new Verdict((long)signal, Math.Round(mean, 1), limit);
        if (signal == PeerSignal.Power) verdict = verdict with { Severity = IsNew(in state, limit) ? Severity.Watch : Severity.Info, Actions = new(WorkAction.Observe, RepairAction.None) };
        else if (IsHeld(subject.Device)) verdict = verdict with { Severity = Severity.Watch, Actions = new(WorkAction.Observe, RepairAction.None) };
        verdicts.Add(verdict with { Probability = verdict.Severity == Severity.Watch ? BaseRate : null });
    }

    /// <summary>
    /// Whether nearly all others draw alike. Utilisation says that something runs, not what: cards of several jobs, or of the stages of one, are equally busy and
    /// draw what their own work asks for, and then nobody can tell what a card should draw.
    /// </summary>
    private static bool AreOthersAlike(in Subject subject, double limit)
    {
        var (compared, alike) = (0, 0);
        var devices = subject.Node.Devices;
        for (var i = 0; i < devices.Count; i++)
        {
            if (devices[i] == subject.Device || devices[i].Device.Name != subject.Device.Device.Name) continue;
            ref readonly var state = ref devices[i].Peers[PeerSignal.Power];
            if (subject.Now - state.Last > Current || state.Filled < Window) continue;
            compared++;
            if (Math.Abs(100 * state.Mean(Window)) <= limit) alike++;
        }

        return compared >= PeerComparison.LeastSiblings && alike >= Alike * compared;
    }

    /// <summary>It did not always lie so far below: good silicon draws less for the same work for as long as it lives.</summary>
    private static bool IsNew(in PeerState state, double limit)
        => state.HasHabit && -100 * (state.Mean(Window) - state.Offset) > limit && state.Cusum.Down >= Cusum.Limit;

    private static bool IsHeld(DeviceHistory device) => device.TryGet(SignalId.ClockEventSoftwarePowerCap, out var held) && held > 0;
}
