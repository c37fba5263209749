using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>The processes that call the maker's library die again and again.</summary>
internal sealed class ProbeUnstable : IHealthRule
{
    private const long Held = -1; // key; others are 0

    private static readonly Threshold Deaths = new("DeathsPerHour", 3, "", 2, 1000, "Deaths within an hour.",
        "own: once is an accident; five within 30 s already make the agent leave the source alone");

    public RuleSheet Sheet { get; } = new()
    {
        Name = "probe-unstable",
        Title = "Probe unstable",
        Scope = RuleScope.Node,
        Doc = "The maker's library crashes the process that calls it. What it measures has gaps; while the source is held (key −1) nothing of its devices is known. "
            + "Library and driver of different versions, or a card that answers nonsense.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        ClearedBy = "fewer deaths within an hour of watching; the source measured again",
        Probability = new(0.001, 0.01, 0.02),
        ProbabilityOrigin = "own: at most that of slow calls; a card in a storm of errors had its monitor killed 49 times in three days (NVSentinel #1748), and a "
            + "library that does not fit kills probes as well; no public rate is known",
        Thresholds = [Deaths],
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var died = Died(in subject);
        if (died.InHour >= subject.Settings[Deaths]) verdicts.Add(new Verdict(0, died.InHour, subject.Settings[Deaths]) { Last = died.Newest!.Last });
        var held = HeldSources(subject.Node);
        if (held > 0) verdicts.Add(new Verdict(Held, held, 0) { Severity = Severity.Degraded, Actions = new(WorkAction.DrainWhenIdle, RepairAction.None) });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var died = Died(in subject);
        return verdict.Key == Held
            ? new($"{Counted.Of(verdict.Value, "source")} held after repeated deaths of the probe (should be 0)",
                [new("sources held", verdict.Value, 0, "", "", subject.Now), died.Line("the last death")])
            : new($"{verdict.Value:0} probes died within an hour (limit {verdict.Threshold:0})",
                [new("deaths within an hour", verdict.Value, verdict.Threshold, "", "", died.Newest?.Last ?? subject.Now), died.Line("the last")]);
    }

    private static EventCount Died(in Subject subject) => EventCount.Anywhere(subject.Node, HealthEventKind.ProbeDied, subject.Now);

    private static int HeldSources(NodeHistory node)
    {
        var held = 0;
        for (var i = 0; i < node.Sources.Count; i++) held += node.Sources[i].IsHeld ? 1 : 0;
        return held;
    }
}
