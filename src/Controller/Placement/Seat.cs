using System.Collections.Immutable;

namespace Forewarn.Controller.Placement;

/// <summary>What a job holds on one node. Its ranks move together; two seats of a job never share a node.</summary>
/// <param name="Node">The node's number in the graph.</param>
/// <param name="Ranks">The ranks that run there.</param>
/// <param name="Cards">How many cards they need, at least 1.</param>
public sealed record Seat(int Node, ImmutableArray<int> Ranks, int Cards);
