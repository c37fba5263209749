using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>A link between accelerator and processor of one module is down.</summary>
internal sealed class CoherentLinkDown : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "coherent-link-down",
        Title = "Link to the processor down",
        Doc = "A link between the accelerator and the processor of its module is down. They are soldered: the rest carries all traffic, and nothing can be plugged in again.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectHardware),
        Debounce = Delay.Debounce(TimeSpan.FromSeconds(90), "own: two readings of the slow lane, one a minute"),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: five readings of the slow lane in good order"),
        HasBootGrace = true,
        ClearedBy = "the link up for five minutes",
        Probability = new(0.02, 0.1, 0.3),
        ProbabilityOrigin = "own: as of links between accelerators, of which 20 % of errors are terminal (NCSA Delta, arXiv 2503.11901); no rate of these is public",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var told = false;
        for (ushort link = 0; link < subject.Device.Instances(SignalId.CoherentLinkUp); link++)
        {
            if (!subject.TryRead(SignalId.CoherentLinkUp, link, verdicts, out var up)) continue;
            told = true;
            if (up == 0) verdicts.Add(new Verdict(link, 0, 1));
        }

        if (!told) verdicts.Withhold();
    }

    public Wording Word(in Subject subject, in Verdict verdict) => new(
        $"link {verdict.Key} between card and processor is down (state 0, should be 1)",
        [subject.Seen(SignalId.CoherentLinkUp, $"state of link {verdict.Key} to the processor", verdict.Value, verdict.Threshold, "", (ushort)verdict.Key)]);
}
