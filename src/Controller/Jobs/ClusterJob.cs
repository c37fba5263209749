using System.Collections.Immutable;

namespace Forewarn.Controller.Jobs;

/// <summary>A job as its scheduler tells it. Immutable; the next reading makes a new one.</summary>
public sealed record ClusterJob
{
    /// <summary>The scheduler's number of it, by which its processes and the agents know it as well: <c>812</c>. Each task of an array has its own.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// What a command of the scheduler calls it: for a task of an array <c>7_1</c>, since one of the tasks has the number of the whole array. Elsewhere the number.
    /// </summary>
    public string Address { get => field.Length > 0 ? field : Id; init; } = "";

    /// <summary>The user's own name for it: text of people, never to be taken apart.</summary>
    public string Name { get; init; } = "";

    /// <summary>Whose it is.</summary>
    public required string User { get; init; }

    /// <summary>Whose it is, by number: checkpoints are read as this user. −1 when unknown.</summary>
    public int UserId { get; init; } = -1;

    /// <summary>Where it runs.</summary>
    public required string Partition { get; init; }

    /// <summary>What sort it is.</summary>
    public required JobKind Kind { get; init; }

    /// <summary>The job that leads a heterogeneous one; its own id elsewhere.</summary>
    public string Leader { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public required JobPhase Phase { get; init; }

    /// <summary>It has ended, and said that all was well.</summary>
    public bool EndedWell { get; init; }

    /// <summary>It has ended by itself with another code than 0: Slurm's FAILED.</summary>
    public bool EndedInError { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Its nodes, in the order of its ranks; empty while it has none.</summary>
    public ImmutableArray<JobNode> Nodes { get; init; } = [];

    /// <summary>Cards on all nodes together; at least 1.</summary>
    public int Cards { get; init; } = 1;

    /// <summary>Cards on each of its nodes, on the average; at least 1.</summary>
    public int CardsOfNode => Math.Max(1, Cards / Math.Max(1, Nodes.Length));

    /// <summary>When it started this time; null while it has not.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>When the scheduler will end it; null when it may run for ever.</summary>
    public DateTimeOffset? Ends { get; init; }

    /// <summary>How often it was started anew.</summary>
    public int Restarts { get; init; }

    /// <summary>The scheduler would start it anew.</summary>
    public bool CanRequeue { get; init; }

    /// <summary>Reservation that it runs under; empty when none.</summary>
    public string Reservation { get; init; } = "";

    /// <summary>Nodes that it was told to start on, by us or by its user; empty when none.</summary>
    public ImmutableArray<string> RequiredNodes { get; init; } = [];

    /// <summary>What else it asked for.</summary>
    public JobNeeds Needs { get; init; } = JobNeeds.None;

    /// <summary>What its owner declared for us.</summary>
    public JobContract Contract { get; init; } = JobContract.Undeclared;

    /// <summary>What administrators, and we, wrote to it; null where the scheduler does not show that.</summary>
    public string? AdminComment { get; init; }

    /// <summary>It is on this node.</summary>
    public bool IsOn(string node) => Nodes.Any(one => one.Name == node);
}
