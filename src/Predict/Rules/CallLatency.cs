using Forewarn.Model;
using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Rules;

/// <summary>Vendor calls on one card take far longer than on its siblings.</summary>
internal sealed class CallLatency : IHealthRule
{
    private static readonly Threshold Times = new("Times", 3, "", 1.5, 1000, "So many times the siblings' median, a median below 20 ms counted as 20 ms.",
        "own: above what the driver's lock and the scheduler add; GWDG (2603.28781) found call time among the few signs before a card drops off");

    private static readonly Threshold GraveTimes = new("GraveTimes", 10, "", 2, 10000, "So many times: the card is Degraded, not only watched.",
        "own; in the corrected-error storms of NVSentinel #1748 calls took 100 times as long and longer");

    private static readonly Threshold For = new("Minutes", 3, "min", 1, Minutes.Length, "Each of so many of the last minutes.",
        "own: shorter than the four minutes of Minder (NSDI 2025), since a card that drops off is gone within minutes");

    private static readonly TimeSpan Current = TimeSpan.FromMinutes(3);

    public RuleSheet Sheet { get; } = new()
    {
        Name = "call-latency",
        Title = "Slow vendor calls",
        Doc = "The calls that read this card take several times as long as those on at least three siblings of the same model. The driver retries, the card's own "
            + "processor is busy with errors, or the bus replays: an early sign, and often the only one, before a card hangs or drops off.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five comparisons, one a minute"),
        ClearedBy = "calls as fast as on the siblings for five minutes",
        Probability = new(0.002, 0.01, 0.03),
        ProbabilityOrigin = "own; GWDG (2603.28781) names the sign and gives no rate",
        Thresholds = [Times, GraveTimes, For],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        ref readonly var state = ref subject.Device.Peers[PeerSignal.CallTime];
        var minutes = (int)subject.Settings[For];
        if (subject.Now - state.Last > Current || state.Filled < minutes)
        {
            verdicts.Withhold();
            return;
        }

        var times = 1 + state.Smallest(minutes);
        if (times < subject.Settings[Times]) return;
        var isGrave = times >= subject.Settings[GraveTimes];
        verdicts.Add(new Verdict(0, Math.Round(times, 1), subject.Settings[isGrave ? GraveTimes : Times])
        {
            Severity = isGrave ? Severity.Degraded : null,
            Actions = isGrave ? new(WorkAction.DrainWhenIdle, RepairAction.ResetDevice) : null,
        });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var siblings = PeerComparison.SiblingsMedian(subject.Device, subject.Node, PeerSignal.CallTime, subject.Now);
        var times = new Evidence("time of calls against siblings, times", verdict.Value, verdict.Threshold, "", "", subject.Device.Peers[PeerSignal.CallTime].Last);
        return new(
            $"vendor calls take {verdict.Value:0.0} times as long as on its siblings for {subject.Settings[For]:0} min (limit {verdict.Threshold:0.0})",
            double.IsNaN(siblings)
                ? [times]
                : [times, new("time of calls now, and the siblings' median", subject.Device.CallTime.TotalSeconds, siblings, "s", "", subject.Device.Sampled)]);
    }
}
