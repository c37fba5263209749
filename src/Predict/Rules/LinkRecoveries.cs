using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>A link between accelerators had to be brought back, or could not be.</summary>
internal sealed class LinkRecoveries : IHealthRule
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    // Generations up to the fourth count recoveries as errors, later ones by how they went. One of the two is there.
    private static readonly SignalId[] Brought = [SignalId.LinkErrorsRecovery, SignalId.LinkRecoveriesSuccessful];

    private static readonly Threshold Watched = new("Watched", 1, "", 1, 1e6, "times that a link was brought back within an hour from which on it is watched",
        "DCGM health, NVLink watch: one recovery warns (fifth generation) or fails (71)");

    private static readonly Threshold Failed = new("Failed", 1, "", 1, 1e6, "times that this failed within an hour",
        "DCGM health, NVLink watch: one failed recovery fails the card (71)");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "link-recoveries",
        Title = "Link between accelerators keeps being brought back",
        Doc = "A link between accelerators stopped and was trained anew. Once may be chance; again and again, or in vain, is a link about to go down. Every job over it waits each "
            + "time.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromHours(1), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        HasBootGrace = true,
        ClearedBy = "two hours without",
        Probability = new(0.02, 0.1, 0.2),
        ProbabilityOrigin = "NCSA Delta (arXiv 2503.11901): errors of such links recur on the card in 66 %, 20 % are terminal; horizons are own",
        Thresholds = [Watched, Failed],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var (watched, failed) = (subject.Settings[Watched], subject.Settings[Failed]);
        var links = Math.Max(subject.Device.Instances(Brought[0]), subject.Device.Instances(Brought[1]));
        var told = false;
        for (ushort link = 0; link < links; link++)
        {
            var inVain = subject.TryGrow(SignalId.LinkRecoveriesFailed, link, Hour, verdicts, out var lost) ? lost.Total : 0;
            var (times, isRepeated) = (0.0, false);
            foreach (var signal in Brought)
            {
                if (!subject.TryGrow(signal, link, Hour, verdicts, out var growth)) continue;
                told = true;
                times += growth.Total;
                isRepeated |= growth.IsRepeated;
            }

            if (inVain >= failed)
                verdicts.Add(new Verdict(link, inVain, failed) { Severity = Severity.Degraded, Actions = new(WorkAction.CheckpointAndMove, RepairAction.InspectFabric) });
            else if (times >= watched && isRepeated)
                verdicts.Add(new Verdict(link, times, watched) { Severity = Severity.Degraded, Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric) });
            else if (times >= watched) verdicts.Add(new Verdict(link, times, watched));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var link = (ushort)verdict.Key;
        var isLost = verdict.Actions?.Work == WorkAction.CheckpointAndMove;
        var signal = isLost ? SignalId.LinkRecoveriesFailed : subject.Device.Last(Brought[0], link).HasValue ? Brought[0] : Brought[1];
        var what = isLost ? "could not be brought back" : "had to be brought back";
        return new(
            Invariant($"link {link} {what} {Counted.Times(verdict.Value)} within an hour (limit {verdict.Threshold:0})"),
            [subject.Seen(signal, $"times that link {link} {what}", verdict.Value, verdict.Threshold, "", link)]);
    }
}
