using System.Collections.Immutable;
using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Schedulers;

/// <summary>The whole cluster as one reading of its scheduler told it. Nothing is done on half a picture: a reading that failed in part has failed.</summary>
public sealed record ClusterSight
{
    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Its nodes by name.</summary>
    public required ImmutableDictionary<string, ClusterNode> Nodes { get; init; }

    /// <summary>Its jobs by id; those that have ended only as long as the scheduler keeps them.</summary>
    public required ImmutableDictionary<string, ClusterJob> Jobs { get; init; }

    /// <summary>Our holds that stand, by name, with their nodes.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Holds { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>What others have set aside, now or later.</summary>
    public ImmutableArray<Reservation> Reservations { get; init; } = [];

    /// <summary>The job, or null when the scheduler does not know it any more.</summary>
    public ClusterJob? Job(string id) => Jobs.GetValueOrDefault(id);

    /// <summary>The node, or null when there is none of that name.</summary>
    public ClusterNode? Node(string name) => Nodes.GetValueOrDefault(name);
}
