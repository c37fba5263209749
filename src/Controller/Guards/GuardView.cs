using System.Collections.Immutable;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Guards;

/// <summary>All that guards look at besides the proposal.</summary>
public sealed record GuardView
{
    /// <summary>The last whole reading of the scheduler; null when there was none.</summary>
    public required ClusterSight? Cluster { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The site's settings.</summary>
    public GuardSettings Settings { get; init; } = new();

    /// <summary>How much of a partition is out of service; null where nobody has counted, and it is done here.</summary>
    public Func<string, PartitionShare>? Shares { get; init; }

    /// <summary>Nodes whose agent is silent.</summary>
    public ImmutableHashSet<string> SilentNodes { get; init; } = [];

    /// <summary>Nodes that a person put back into service against us, or keeps from us by <c>fleet hold</c>.</summary>
    public ImmutableHashSet<string> HeldByPeople { get; init; } = [];

    /// <summary>Failure domains of each node: its leaf, its scale-up domain.</summary>
    public Func<string, IEnumerable<FailureDomain>> Domains { get; init; } = static _ => [];

    /// <summary>When this job was started anew by us.</summary>
    public Func<string, IEnumerable<DateTimeOffset>> RestartsOf { get; init; } = static _ => [];

    /// <summary>When we began to repair this node.</summary>
    public Func<string, IEnumerable<DateTimeOffset>> RepairsOf { get; init; } = static _ => [];

    /// <summary>When we began to drain nodes.</summary>
    public ImmutableArray<DateTimeOffset> Drains { get; init; } = [];

    /// <summary>Whether an incident looks like the job's own doing; the reason, or null.</summary>
    public Func<Incident, string?> Software { get; init; } = static _ => null;

    /// <summary>Whether an incident is part of a fleet's trouble; the reason, or null.</summary>
    public Func<Incident, string?> Fleet { get; init; } = static _ => null;
}
