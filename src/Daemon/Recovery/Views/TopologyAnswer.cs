using Forewarn.Controller.Topology;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/topology</c>; docs/topology.md describes each field.</summary>
internal sealed record TopologyAnswer
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>When it was put together.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who told anything, the most trusted first.</summary>
    public required IReadOnlyList<TopologySource> Sources { get; init; }

    public required IReadOnlyList<TopologyNodeReport> Nodes { get; init; }

    public required IReadOnlyList<TopologyConflictReport> Conflicts { get; init; }

    /// <summary>What was not understood, or could not be read, a line each.</summary>
    public required IReadOnlyList<string> Complaints { get; init; }
}

/// <summary>One node: what it hangs on from the top down, and what it can be lost with.</summary>
internal sealed record TopologyNodeReport(string Name, IReadOnlyList<TopologyGroupReport> Path, IReadOnlyList<string> FailureDomains);

/// <summary>A switch or scale-up domain above a node.</summary>
internal sealed record TopologyGroupReport(string Level, string Name, TopologySource Source);

/// <summary>Where two sources do not agree, or one not with itself.</summary>
internal sealed record TopologyConflictReport(string About, TopologySource Believed, TopologySource Doubted, IReadOnlyList<string> Nodes, string Words);
