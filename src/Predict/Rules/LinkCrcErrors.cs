using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Check sums on a link between accelerators that were wrong (links up to the fourth generation).</summary>
internal sealed class LinkCrcErrors : IHealthRule
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(10); // of a counter that is read once a minute
    private static readonly SignalId[] Kinds = [SignalId.LinkErrorsCrcFlit, SignalId.LinkErrorsCrcData];

    private static readonly Threshold Watched = new("Watched", 100, "", 1, 1e9, "wrong check sums of a link within ten minutes from which on it is watched",
        "own: DCGM health warns (13) of one, which links in good order show now and then; a hundred is one in six seconds");

    private static readonly Threshold PerSecond = new("PerSecond", 100, "/s", 1, 1e9, "wrong check sums a second over ten minutes that make the link degraded",
        "DCGM health, NVLink watch: 100/s fails (70)");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "link-crc-errors",
        Title = "Wrong check sums on a link between accelerators",
        Doc = "Packets on a link between accelerators arrive broken and are sent again. That costs time and no data; at a high rate the link is about to be brought back or to go "
            + "down.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(20), "own: twice the window, since errors of a bad contact come with the load"),
        HasBootGrace = true,
        ClearedBy = "half an hour below the limit",
        Probability = new(0.002, 0.02, 0.1),
        ProbabilityOrigin = "own, half of what NCSA Delta (arXiv 2503.11901) has for errors of such links that are reported: 20 % terminal",
        Thresholds = [Watched, PerSecond],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (watched, perSecond) = (subject.Settings[Watched], subject.Settings[PerSecond]);
        var links = subject.Device.Instances(SignalId.LinkErrorsCrcFlit);
        var told = false;
        for (ushort link = 0; link < links; link++)
        {
            var (total, isSustained) = (0.0, false);
            foreach (var kind in Kinds)
            {
                if (!subject.TryGrow(kind, link, Window, verdicts, out var growth)) continue;
                told = true;
                total += growth.Total;
                isSustained |= growth.IsSustained;
            }

            if (!isSustained || total < watched) continue;
            var rate = total / Window.TotalSeconds;
            verdicts.Add(rate >= perSecond
                ? new Verdict(link, rate, perSecond) { Severity = Severity.Degraded, Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric) }
                : new Verdict(link, total, watched));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var link = (ushort)verdict.Key;
        var rate = verdict.Severity == Severity.Degraded ? "a second" : "within ten minutes";
        return new(
            Invariant($"{verdict.Value:0} wrong check sums {rate} on link {link} (limit {verdict.Threshold:0})"),
            [subject.Seen(SignalId.LinkErrorsCrcFlit, $"wrong check sums {rate} on link {link}", verdict.Value, verdict.Threshold, "", link)]);
    }
}
