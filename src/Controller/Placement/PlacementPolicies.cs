using System.Collections.Immutable;
using Forewarn.Controller.Placement.Terms;

namespace Forewarn.Controller.Placement;

/// <summary>All policies that can be chosen by name.</summary>
public static class PlacementPolicies
{
    /// <summary>The one that is taken unless another is named.</summary>
    public static PlacementPolicy Default { get; } = PlacementPolicy.Of(
        "least-downtime",
        "least downtime, then fewest ranks moved, then shortest ways, then least risk, then what leaves most room for others",
        [new(new Downtime())],
        [new(new RanksMoved())],
        [new(new NodesMoved())],
        [new(new Span())],
        Taste,
        Safety,
        Room);

    /// <summary>The list, sorted by name.</summary>
    public static ImmutableArray<PlacementPolicy> All { get; } =
    [
        Default,
        PlacementPolicy.Of(
            "least-fragmentation",
            "as least-downtime, but what leaves most room for others goes before short ways",
            [new(new Downtime())],
            [new(new RanksMoved())],
            [new(new NodesMoved())],
            Room,
            [new(new Span())],
            Taste,
            Safety),
        PlacementPolicy.Of(
            "least-risk",
            "as least-downtime, but least risk goes before short ways",
            [new(new Downtime())],
            [new(new RanksMoved())],
            [new(new NodesMoved())],
            Safety,
            [new(new Span())],
            Taste,
            Room),
        PlacementPolicy.Of(
            "shortest-ways",
            "shortest ways first, even where healthy ranks must move for it",
            [new(new Span())],
            [new(new Downtime())],
            [new(new RanksMoved())],
            [new(new NodesMoved())],
            Taste,
            Safety,
            Room),
    ];

    // Own figures: to end others' work is worse than any other class, and both are worse than data that must be fetched from afar once.
    private static ImmutableArray<WeightedTerm> Taste => [new(new Preemption(), 100), new(new NodeClass(), 10), new(new DataAffinity())];

    // Own figures, in millionths of a nat: a fault near by counts as 2 % of risk, a checkpoint beside its copy as half.
    private static ImmutableArray<WeightedTerm> Safety => [new(new Risk()), new(new FaultNeighbour(), 20_000), new(new CopyApart(), 700_000)];

    // Own figures: a broken block hurts more than a spare too few, and that more than cards that nobody can use, and that more than a looser fit.
    private static ImmutableArray<WeightedTerm> Room => [new(new BlocksBroken(), 100_000), new(new SparesKept(), 20_000), new(new BinPacking(), 1000), new(new TightFit())];

    /// <summary>The policy of this name, or null.</summary>
    public static PlacementPolicy? Find(string name) => All.FirstOrDefault(policy => string.Equals(policy.Name, name, StringComparison.Ordinal));
}
