using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Network adapters cannot, or may not be able to, reach accelerator memory.</summary>
internal sealed class PeerMemory : IHealthRule
{
    // Keys.
    private const long Errors = 0;
    private const long Module = 1;

    public RuleSheet Sheet { get; } = new()
    {
        Name = "peer-memory",
        Title = "Peer memory",
        Scope = RuleScope.Node,
        Doc = "Sharing memory between accelerator and network adapter failed (key 0), or its kernel module is not loaded though the node has both (key 1, for information: "
            + "newer stacks do without it, through dma-buf). Without either, jobs copy through the host and run at a fraction of their speed.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.None),
        ClearAfter = Delay.ClearAfter(TimeSpan.FromMinutes(5), "own: what is counted has left its window before; what comes again within this is the same trouble"),
        HasBootGrace = true,
        ClearedBy = "an hour of watching without such errors; the module loaded",
        Probability = new(0, 0, 0),
        ProbabilityOrigin = "none: it says nothing of the cards",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var errors = EventCount.Anywhere(subject.Node, HealthEventKind.PeerMemoryTrouble, subject.Now);
        if (errors.InHour > 0) verdicts.Add(new Verdict(Errors, errors.InHour, 0) { Last = errors.Newest!.Last });
        if (HostParts.Of(subject.Node, HostPartKind.PeerMemory) is { IsNeeded: true, IsThere: false })
            verdicts.Add(new Verdict(Module, 0, 1) { Severity = Severity.Info, Actions = RecommendedActions.None });
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var errors = EventCount.Anywhere(subject.Node, HealthEventKind.PeerMemoryTrouble, subject.Now);
        if (verdict.Key == Errors)
        {
            return new(
                $"{Counted.Of(verdict.Value, "error")} of peer memory within an hour (should be 0)",
                [new("errors within an hour", verdict.Value, 0, "", "", errors.Newest?.Last ?? subject.Now), errors.Line("the kernel's word")]);
        }

        var name = HostParts.Of(subject.Node, HostPartKind.PeerMemory)?.Name ?? "";
        return new($"module {name} is not loaded (loaded 0, should be 1)", [new($"{name} loaded", 0, 1, "", "", subject.Node.Host?.Read ?? subject.Now)]);
    }
}
