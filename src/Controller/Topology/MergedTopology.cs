using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>The graph and all that its sources disagree about.</summary>
public sealed record MergedTopology(TopologyGraph Graph, ImmutableArray<TopologyConflict> Conflicts);
