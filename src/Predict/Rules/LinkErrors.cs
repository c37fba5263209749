using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Errors that a link between accelerators counts: packets that were broken, dropped or sent again.</summary>
internal sealed class LinkErrors : IHealthRule
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Each costs a packet; none is normal. Symbols and effective errors are in the bit error ratio, recoveries have a rule of their own.
    private static readonly SignalId[] Kinds =
    [
        SignalId.LinkErrorsReplay, SignalId.LinkErrorsEccData, SignalId.LinkErrorsMalformed, SignalId.LinkErrorsBufferOverrun, SignalId.LinkErrorsReceive,
        SignalId.LinkErrorsReceiveRemote, SignalId.LinkErrorsReceiveGeneral, SignalId.LinkErrorsLocalIntegrity, SignalId.LinkErrorsTransmitDiscard,
        SignalId.LinkErrorsEffective,
    ];

    private static readonly Threshold Watched = new("Watched", 1, "", 1, 1e9, "errors of a link within an hour from which on it is watched",
        "DCGM health, NVLink watch: one replay, or one of the counters of the fifth generation, fails (71); once is none here before it comes again");

    private static readonly Threshold PerHour = new("PerHour", 10, "", 1, 1e9, "errors of a link within an hour, at times that lie apart, that make it degraded",
        "own: one in six minutes; ibqueryerrors' example takes 10 for the same counters of InfiniBand");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "link-errors",
        Title = "Errors on a link between accelerators",
        Doc = "Packets on a link between accelerators were broken or dropped and had to be sent again. One is chance; when they go on the link loses speed and will be brought "
            + "back ever more often.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromHours(1), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        HasBootGrace = true,
        ClearedBy = "two hours without",
        Probability = new(0.005, 0.03, 0.15),
        ProbabilityOrigin = "NCSA Delta (arXiv 2503.11901): errors of such links recur on the card in 66 %, 20 % are terminal; horizons are own",
        Thresholds = [Watched, PerHour],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (watched, perHour) = (subject.Settings[Watched], subject.Settings[PerHour]);
        var links = subject.Device.Instances(SignalId.LinkUp);
        var told = false;
        for (ushort link = 0; link < links; link++)
        {
            var (total, isRepeated, isSustained) = (0.0, false, false);
            foreach (var kind in Kinds)
            {
                if (!subject.TryGrow(kind, link, Hour, verdicts, out var growth)) continue;
                told = true;
                total += growth.Total;
                isRepeated |= growth.IsRepeated;
                isSustained |= growth.IsSustained;
            }

            if (total >= perHour && isRepeated && isSustained)
                verdicts.Add(new Verdict(link, total, perHour) { Severity = Severity.Degraded, Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric) });
            else if (total >= watched) verdicts.Add(new Verdict(link, total, watched));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var link = (ushort)verdict.Key;
        var worst = Kinds[0];
        foreach (var kind in Kinds)
        {
            if (Within(in subject, kind, link) > Within(in subject, worst, link)) worst = kind;
        }

        return new(
            Invariant($"{Counted.Of(verdict.Value, "error")} on link {link} within an hour (limit {verdict.Threshold:0})"),
            [
                subject.Seen(SignalId.LinkUp, $"errors on link {link} within an hour", verdict.Value, verdict.Threshold, "", link),
                subject.Seen(worst, $"of these, {Name(worst)}", Within(in subject, worst, link), null, "", link),
            ]);
    }

    private static double Within(in Subject subject, SignalId kind, ushort link) => subject.Device.Increase(kind, Hour, subject.Now, link);

    private static string Name(SignalId kind) => SignalCatalog.Of(kind).Labels[^1].Value;
}
