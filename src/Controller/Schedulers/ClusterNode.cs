using System.Collections.Immutable;
using Forewarn.Controller.Jobs;

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

    /// <summary>Its features, in the order of the alphabet with commas; empty when it has none.</summary>
    public string Features { get; init; } = "";

    /// <summary>Processors that nobody has.</summary>
    public int FreeCpus { get; init; }

    /// <summary>All of its memory, MiB.</summary>
    public long Memory { get; init; }

    /// <summary>Memory that nobody was promised, MiB.</summary>
    public long FreeMemory { get; init; }

    /// <summary>It takes no new work.</summary>
    public bool IsOut => Phase is not NodePhase.InService;

    /// <summary>It was taken out of service, whatever else is the matter with it: a node that comes back from the dead stays out only then.</summary>
    public bool IsDrained { get => field || Phase is NodePhase.Draining or NodePhase.Drained; init; }

    /// <summary>It takes new work, or would as soon as it is back.</summary>
    public bool WouldTakeWork => Phase == NodePhase.InService || (Phase == NodePhase.Down && !IsDrained);

    /// <summary>Nobody has the cards and processors that this job wants of each of its nodes.</summary>
    public bool HasRoomFor(ClusterJob job) => FreeCards >= job.CardsOfNode && FreeCpus >= job.Needs.Cpus;
}
