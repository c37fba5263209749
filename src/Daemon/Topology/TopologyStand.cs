using System.Collections.Immutable;
using Forewarn.Controller.Topology;

namespace Forewarn.Daemon.Topology;

/// <summary>How the nodes are wired by all sources together, and what is wrong with these.</summary>
/// <param name="Graph">All nodes of the scheduler are in it, also those of which nobody tells anything.</param>
/// <param name="Conflicts">Where sources disagree.</param>
/// <param name="Complaints">What of them was not understood, or could not be read.</param>
/// <param name="Sources">Who told anything.</param>
/// <param name="At">When it was put together.</param>
internal sealed record TopologyStand(
    TopologyGraph Graph, ImmutableArray<TopologyConflict> Conflicts, ImmutableArray<TopologyComplaint> Complaints, ImmutableArray<TopologySource> Sources, DateTimeOffset At);
