using Forewarn.Model;
using static System.FormattableString;

namespace Forewarn.Predict.Rules;

/// <summary>Errors on a link between accelerator and processor of one module.</summary>
internal sealed class CoherentLinkErrors : IHealthRule
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly SignalId[] Kinds = [SignalId.CoherentLinkErrorsInterrupt, SignalId.CoherentLinkErrorsReplayPair, SignalId.CoherentLinkErrorsReplay];

    private static readonly Threshold PerHour = new("PerHour", 10, "", 1, 1e9, "errors of a link within an hour, at times that lie apart",
        "own: one in six minutes; the driver's code for corrected errors of these links asks for nothing");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "coherent-link-errors",
        Title = "Errors on a link to the processor",
        Doc = "A link between the accelerator and the processor of its module goes on counting errors that it corrects. Nothing is lost; it is the only sign that such a link "
            + "gives.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromHours(1), "own: as long as the window that it is counted in, so that the next one in such a time is the same trouble"),
        HasBootGrace = true,
        ClearedBy = "two hours below the limit",
        Probability = new(0.0005, 0.005, 0.03),
        ProbabilityOrigin = "own: some five times the base rate of a card (0.81 failures in 1,000 GPU-days, Meta RSC); no rate of these is public",
        Thresholds = [PerHour],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var perHour = subject.Settings[PerHour];
        var told = false;
        for (ushort link = 0; link < subject.Device.Instances(SignalId.CoherentLinkErrorsReplay); link++)
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

            if (total >= perHour && isRepeated && isSustained) verdicts.Add(new Verdict(link, total, perHour));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        Invariant($"{verdict.Value:0} errors on link {verdict.Key} to the processor within an hour (limit {verdict.Threshold:0})"),
        [subject.Seen(Kinds[^1], $"errors on link {verdict.Key} to the processor within an hour", verdict.Value, verdict.Threshold, "", (ushort)verdict.Key)]);
}
