using System.Collections.Immutable;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Coordination;

/// <summary>All that one look rests on.</summary>
public sealed record CoordinationView
{
    /// <summary>The journal, read to its end.</summary>
    public required ControllerState State { get; init; }

    /// <summary>The scheduler, read whole.</summary>
    public required ClusterSight Cluster { get; init; }

    /// <summary>The reading before it, by which one sees what the scheduler did by itself; null at the first.</summary>
    public ClusterSight? Before { get; init; }

    /// <summary>What the agents told, by node; one that never spoke is not there.</summary>
    public required ImmutableDictionary<string, NodeSight> Nodes { get; init; }

    /// <summary>How the nodes are wired. A node that it lacks can neither be left nor gone to.</summary>
    public required TopologyGraph Graph { get; init; }

    /// <summary>What the site chose.</summary>
    public CoordinationSettings Settings { get; init; } = new();

    /// <summary>What is known of a job's checkpoints.</summary>
    public Func<string, CheckpointSight> Checkpoints { get; init; } = static _ => new();

    /// <summary>How a repair command that this controller began stands, by its key.</summary>
    public Func<string, RepairRun?> Repairs { get; init; } = static _ => null;

    /// <summary>Of the time since the look before, what no step is charged with: nobody could look, or the clock was set. Below 0 where it was set back.</summary>
    public TimeSpan NotCounted { get; init; }

    /// <summary>Whether a maker's code stands for an error of programs.</summary>
    public Func<long, bool> IsApplicationCode { get; init; } = static _ => false;

    /// <summary>Who is asked before anything is done; a test leaves one out to see that nobody else prevents it.</summary>
    internal ImmutableArray<IGuard> Guards { get; init; } = Guard.All;

    /// <summary>Between two readings of the scheduler: what was decided and stands as it stood is not weighed again.</summary>
    public bool IsBetweenReadings { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset Now { get; init; }
}
