using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>The service that shares accelerator memory between nodes is configured and does not run.</summary>
internal sealed class MemoryExportService : IHealthRule
{
    public RuleSheet Sheet { get; } = new()
    {
        Name = "imex",
        Title = "Memory export service not running",
        Scope = RuleScope.Node,
        Doc = "The node is configured to share accelerator memory with other nodes over the fabric, and the service for it does not run: jobs over several nodes cannot "
            + "use the fabric between them.",
        Severity = Severity.Watch,
        Actions = new(WorkAction.Observe, RepairAction.InspectFabric),
        Debounce = Delay.Debounce(TimeSpan.FromMinutes(2), "own: eight looks at the node's services, one in 15 s; no job waits for it meanwhile"),
        HasBootGrace = true,
        ClearedBy = "the service running, or its configuration removed",
        Probability = new(0, 0, 0),
        ProbabilityOrigin = "none: it says nothing of the cards",
    };

    public void Evaluate(in Subject subject, Verdicts verdicts)
    {
        var part = HostParts.Of(subject.Node, HostPartKind.MemoryExport);
        if (part is null or { IsNeeded: true, IsThere: null }) verdicts.Withhold();
        else if (part is { IsNeeded: true, IsThere: false }) verdicts.Add(new Verdict(0, 0, 1));
    }

    public Wording Word(in Subject subject, in Verdict verdict)
    {
        var name = HostParts.Of(subject.Node, HostPartKind.MemoryExport)?.Name ?? "";
        return new(
            $"{name} does not run, and it is configured (running 0, should be 1)",
            [new($"{name} is there", verdict.Value, verdict.Threshold, "", "", subject.Node.Host?.Read ?? subject.Now)]);
    }
}
