using System.Collections.Immutable;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Recovery;

/// <summary>All that the next step rests on.</summary>
/// <param name="Cluster">What the scheduler said.</param>
/// <param name="Checkpoints">What is known of the job's checkpoints.</param>
/// <param name="Unfit">Nodes that no job should be moved to, by what is judged of them.</param>
public sealed record RecoverySight(ClusterSight Cluster, CheckpointSight Checkpoints, ImmutableHashSet<string> Unfit)
{
    /// <summary>The job has ended with an error since a card failed that it held: that is no end, and it is started anew.</summary>
    public bool HasDied { get; init; }
}
