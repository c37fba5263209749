using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Packets on the PCIe link have to be sent again more often than the standard's bit error ratio explains.</summary>
internal sealed class PcieReplayRate : IHealthRule
{
    // Over five readings of a counter that is read once a minute, so that one bad minute is none.
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    // Replays a minute and lane at a bit error ratio of 1e-12, generation 1 to 6: DCGM health, PCIe watch.
    private static readonly double[] PerLane = [0.15, 0.3, 0.48, 0.96, 1.92, 3.84];

    private static readonly Threshold Times = new("Times", 1, "", 0.1, 1e6, "how many times the replays that the standard's bit error ratio makes",
        "DCGM health, PCIe watch (3): ceil(lanes × 0.15, 0.3, 0.48, 0.96, 1.92, 3.84) a minute for generation 1 to 6, a ratio of 1e-12");

    private static readonly Threshold Severely = new("Severely", 100, "", 1, 1e6, "how many times that make the link degraded",
        "own: at a hundred times one packet in some 10⁷ is sent again, and a link that bad trains itself down before long");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "pcie-replay-rate",
        Title = "PCIe packets sent again too often",
        Doc = "More packets on the card's PCIe link had to be sent again than the bit error ratio allowed by the standard makes, minute after minute. Seating, riser and "
            + "cable are the first to look at.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectHardware),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(10), "own: twice the window, since errors of a bad contact come with the load"),
        ClearedBy = "fifteen minutes below the limit",
        Probability = new(0.0005, 0.005, 0.03),
        ProbabilityOrigin = "own: PCIe makes 18 % of Meta's hardware interruptions (FT-HSDP, arXiv 2602.00277); the share announced by replays is not public",
        Outranks = [new("error-rate-siblings", 0)],
        Thresholds = [Times, Severely],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        if (!subject.TryGrow(SignalId.PcieReplays, Window, verdicts, out var growth) || Limit(in subject) is not { } limit)
        {
            verdicts.Withhold();
            return;
        }

        var perMinute = growth.Total / Window.TotalMinutes;
        if (!growth.IsSustained || perMinute <= limit * subject.Settings[Times]) return;
        verdicts.Add(perMinute > limit * subject.Settings[Severely]
            ? new Verdict(0, perMinute, limit * subject.Settings[Severely])
            {
                Severity = Severity.Degraded,
                Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
            }
            : new Verdict(0, perMinute, limit * subject.Settings[Times]));
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"{verdict.Value:0} PCIe packets were sent again a minute (limit {verdict.Threshold:0})"),
        [subject.Seen(SignalId.PcieReplays, "PCIe replays a minute", verdict.Value, verdict.Threshold, "/min")]);

    /// <summary>Of the width in use, and the generation that card and slot reach: an idle link is slow now and was not when the replays came.</summary>
    private static double? Limit(in Subject subject)
    {
        if (!subject.Device.TryGet(SignalId.PcieLinkWidth, out var lanes)) return null;
        if (!subject.Device.TryGet(SignalId.PcieLinkGenerationMax, out var generation) && !subject.Device.TryGet(SignalId.PcieLinkGeneration, out generation)) return null;
        return Math.Ceiling(lanes * PerLane[Math.Clamp((int)generation, 1, PerLane.Length) - 1]);
    }
}
