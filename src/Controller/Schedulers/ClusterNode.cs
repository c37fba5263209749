using System.Collections.Immutable;

namespace Forewarn.Controller.Schedulers;

/// <summary>A node as its scheduler tells it.</summary>
public sealed record ClusterNode
{
    /// <summary>Its name there.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required NodePhase Phase { get; init; }

    /// <summary>Why it is out of service; empty when it is not, or nobody said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Where its jobs come from.</summary>
    public ImmutableArray<string> Partitions { get; init; } = [];

    /// <summary>Cards that it has.</summary>
    public int Cards { get; init; }

    /// <summary>Cards that nobody has.</summary>
    public int FreeCards { get; init; }

    /// <summary>What kind of card, by the scheduler's name; empty when it has none for it.</summary>
    public string CardType { get; init; } = "";

    /// <summary>It takes no new work.</summary>
    public bool IsOut => Phase is not NodePhase.InService;
}
