using System.Collections.Immutable;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement;

/// <summary>One job that cannot stay where it is, and everything that the choice of its new nodes depends on.</summary>
public sealed record PlacementProblem
{
    /// <summary>How the nodes are wired.</summary>
    public required TopologyGraph Graph { get; init; }

    /// <summary>Where the job is now; a seat's number is its place in this list.</summary>
    public required ImmutableArray<Seat> Seats { get; init; }

    /// <summary>Who talks to whom.</summary>
    public ImmutableArray<RankGroup> Groups { get; init; } = [];

    /// <summary>Failed and suspect nodes, of the job and elsewhere.</summary>
    public required ImmutableArray<Trouble> Troubles { get; init; }

    /// <summary>Suspect nodes up to this risk are not left.</summary>
    public double RiskAccepted { get; init; }

    /// <summary>Where its ranks may go.</summary>
    public required ImmutableArray<Candidate> Candidates { get; init; }

    /// <summary>The classes of nodes that the job accepts, the best first; the first is its own.</summary>
    public required ImmutableArray<string> Classes { get; init; }

    /// <summary>What the job's owner may take of each pool; a pool that is not named here has no limit.</summary>
    public ImmutableArray<Quota> Quotas { get; init; } = [];

    /// <summary>Where state can be had.</summary>
    public ImmutableArray<StateCopy> StateCopies { get; init; } = [];

    /// <summary>Who keeps whose checkpoint copy.</summary>
    public ImmutableArray<CopyHolder> CopyHolders { get; init; } = [];

    /// <summary>Nodes that have the job's data in a cache.</summary>
    public ImmutableArray<int> DataNodes { get; init; } = [];

    /// <summary>Seats of each data-parallel replica, where the job can go on with fewer of them.</summary>
    public ImmutableArray<ImmutableArray<int>> Replicas { get; init; } = [];

    /// <summary>How many replicas it needs at least. As many as it has: it does not shrink.</summary>
    public int FewestReplicas { get; init; } = int.MaxValue;

    /// <summary>How long things take.</summary>
    public MoveTimes Times { get; init; } = new();

    /// <summary>How many nodes should stay free, or null where nobody asks for it.</summary>
    public SpareNeed? Spares { get; init; }
}
