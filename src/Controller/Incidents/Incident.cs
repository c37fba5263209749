using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Controller.Incidents;

/// <summary>The account of one trouble, from its first evidence to "back in service". Immutable; each change is a new one and goes to the journal.</summary>
public sealed record Incident
{
    /// <summary>Its number, for ever.</summary>
    public required long Id { get; init; }

    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>The device; <see cref="DeviceId.Node"/> for the node itself.</summary>
    public required DeviceId Device { get; init; }

    /// <summary>The card by the scheduler's count within the node; −1 when it is not known, and then every job of the node may hold it.</summary>
    public int Card { get; init; } = -1;

    /// <summary>First evidence.</summary>
    public required DateTimeOffset Opened { get; init; }

    /// <summary>The rule that speaks loudest.</summary>
    public required string Rule { get; init; }

    /// <summary>What is asked for.</summary>
    public required RecommendedActions Actions { get; init; }

    /// <summary>How ill the device is.</summary>
    public required HealthState State { get; init; }

    /// <summary>Chance of failure.</summary>
    public FailureProbability Probability { get; init; }

    /// <summary>The vendor's error code behind the rule; 0 where it comes from none.</summary>
    public long Code { get; init; }

    /// <summary>When the device was told to have failed; null while it has not.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>The jobs that held the device when it was opened, and those when it failed.</summary>
    public ImmutableArray<string> Jobs { get; init; } = [];

    /// <summary>Since when neither its scheduler nor its agent tells of the node; null while one does.</summary>
    public DateTimeOffset? MissingSince { get; init; }

    /// <summary>It was closed because the node is gone for good, and not because it was well.</summary>
    public bool IsGone { get; init; }

    /// <summary>When it was closed; null while it is open.</summary>
    public DateTimeOffset? Closed { get; init; }

    /// <summary>It is open.</summary>
    public bool IsOpen => Closed is null;
}
