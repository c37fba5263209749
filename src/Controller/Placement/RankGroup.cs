using System.Collections.Immutable;

namespace Forewarn.Controller.Placement;

/// <summary>Ranks that talk to each other.</summary>
/// <param name="Kind">In which way.</param>
/// <param name="Ranks">Which; of a ring and of a chain, in their order.</param>
/// <param name="Mebibytes">How much goes through each of its links in one step; 1 where the job does not say.</param>
/// <param name="Limit">The greatest distance that its ranks may have (a <see cref="Topology.TopologyLevel"/>), or null.</param>
public sealed record RankGroup(RankGroupKind Kind, ImmutableArray<int> Ranks, long Mebibytes = 1, int? Limit = null);
