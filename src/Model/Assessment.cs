using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>All that is judged of one device at one time. Immutable; a new one takes its place when anything changed.</summary>
public sealed record Assessment
{
    /// <summary>The device; <see cref="DeviceId.Node"/> for the node itself.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>Whether it is measured.</summary>
    public DevicePresence Presence { get; init; }

    /// <summary>The gravest of the findings, or Unknown.</summary>
    public required HealthState State { get; init; }

    /// <summary>Since when it is in that state.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The strongest action that any finding asks for.</summary>
    public RecommendedActions Actions { get; init; }

    /// <summary>Chance of failure, all findings together.</summary>
    public FailureProbability Probability { get; init; }

    /// <summary>The findings, the gravest first; those of rules in observe mode last.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Last time it was healthy while it was at work: an idle card proves little. Null when never seen so.</summary>
    public DateTimeOffset? LastHealthyUnderLoad { get; init; }

    /// <summary>An operator or the scheduler said that the node is being worked at: what is found is kept, nobody is called.</summary>
    public bool InMaintenance { get; init; }
}
