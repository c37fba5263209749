using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Fleet.Views;

/// <summary>The answer of <c>/v1/fleet</c>. Fields are only ever added; docs/fleet.md describes each.</summary>
internal sealed record FleetAnswer
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of it is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The controller's clock at the answer; ages are taken against it.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How many nodes stand in each state.</summary>
    public required StateCounts States { get; init; }

    /// <summary>Nodes that had their time to speak and did not.</summary>
    public required int Silent { get; init; }

    /// <summary>The gravest first, then by name.</summary>
    public required IReadOnlyList<FleetNodeSummary> Nodes { get; init; }
}
