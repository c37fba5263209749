using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The service that sets up the switches of the scale-up fabric is needed and does not run.</summary>
internal sealed class FabricService : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "fabric-manager",
        Title = "Fabric service not running",
        Scope = RuleScope.Node,
        Doc = "The node has switches of a scale-up fabric, and the service that sets them up does not run. Cards that joined before go on; no other job of several cards "
            + "starts, and errors of the switches are not handled.",
        Severity = Severity.Degraded,
        Actions = new(WorkAction.DrainWhenIdle, RepairAction.InspectFabric),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(1), "own: four looks at the node's services, one in 15 s; a restart of one takes less"),
        HasBootGrace = true,
        ClearedBy = "the service running",
        Probability = new(0.01, 0.05, 0.1),
        ProbabilityOrigin = "own: no job of several cards starts; it says nothing of the cards",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var part = HostParts.Of(subject.Node, HostPartKind.Fabric);
        if (part is null or { IsNeeded: true, IsThere: null }) verdicts.Withhold();
        else if (part is { IsNeeded: true, IsThere: false }) verdicts.Add(new Verdict(0, 0, 1));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var name = HostParts.Of(subject.Node, HostPartKind.Fabric)?.Name ?? "";
        return new(
            $"{name} does not run, and the node has switches that need it (running 0, should be 1)",
            [new($"{name} is there", verdict.Value, verdict.Threshold, "", "", subject.Node.Host?.Read ?? subject.Now)]);
    }
}
