using System.Collections.Immutable;
using Forewarn.Controller.Placement.Terms;

namespace Forewarn.Controller.Placement;

/// <summary>
/// In which order plans are compared: tier by tier, and within a tier by the weighted sum of its terms. What makes a plan impossible stands first in
/// every policy, and a job shrinks only where nothing else is left.
/// </summary>
public sealed record PlacementPolicy
{
    private PlacementPolicy(string name, string words, ImmutableArray<ImmutableArray<WeightedTerm>> tiers) => (Name, Words, Tiers) = (name, words, tiers);

    /// <summary>By which it is chosen.</summary>
    public string Name { get; }

    /// <summary>What it is for, in a sentence.</summary>
    public string Words { get; }

    /// <summary>The terms, the weightiest tier first.</summary>
    public ImmutableArray<ImmutableArray<WeightedTerm>> Tiers { get; }

    /// <summary>A policy with these tiers behind the two that every policy has.</summary>
    public static PlacementPolicy Of(string name, string words, params ImmutableArray<ImmutableArray<WeightedTerm>> tiers)
        => new(name, words, [[new(new Gang(), GangWeight), new(new PoolQuota(), GangWeight), new(new GroupLimit())], [new(new Shrink())], .. tiers]);

    /// <summary>The same without one term: what would have been chosen if nobody asked for it.</summary>
    public PlacementPolicy Without(string term)
        => new($"{Name} without {term}", Words, [.. Tiers.Select(tier => tier.RemoveAll(one => string.Equals(one.Term.Name, term, StringComparison.Ordinal)))]);

    /// <summary>A job that lacks a node cannot start; one with a group too far apart might. No job has so many groups on one node.</summary>
    internal const long GangWeight = 1000;
}
