using Forewarn.Model;

namespace Forewarn.Controller.Decisions;

/// <summary>What is at stake for one job: all that the decision about it rests on, kept beside the decision.</summary>
public sealed record JobStakes
{
    /// <summary>Cards that stand still together while the job does not run; at least 1.</summary>
    public required int Cards { get; init; }

    /// <summary>The chance that one of the job's cards in trouble fails.</summary>
    public required FailureProbability Failure { get; init; }

    /// <summary>A card has failed: the job is lost already, or hangs until it notices.</summary>
    public bool HasFailed { get; init; }

    /// <summary>What the job computes is not to be trusted any more: nothing that it writes from now on may be kept.</summary>
    public bool IsWorkSuspect { get; init; }

    /// <summary>Work since its last good checkpoint, or since its start where it has none.</summary>
    public required TimeSpan SinceCheckpoint { get; init; }

    /// <summary>Until its next regular checkpoint; null when it writes none, or nobody knows when.</summary>
    public TimeSpan? NextCheckpoint { get; init; }

    /// <summary>How long it may yet run: its end by the scheduler's limit.</summary>
    public required TimeSpan Remaining { get; init; }

    /// <summary>How long a checkpoint holds up the job.</summary>
    public required TimeSpan CheckpointCost { get; init; }

    /// <summary>How long it stands still behind a checkpoint that it was asked for, if it stays where it is.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>From the order to move until it computes again: stop, queue, start, load. This site's own, once observed.</summary>
    public required TimeSpan MoveCost { get; init; }

    /// <summary>From a failure that nobody announced until it computes again: the same, and until somebody noticed.</summary>
    public required TimeSpan RestartCost { get; init; }

    /// <summary>It is still loading: it may not hear a request yet, and a signal that it does not yet catch would end it.</summary>
    public bool IsStarting { get; init; }

    /// <summary>It writes a checkpoint when asked.</summary>
    public bool CanCheckpoint { get; init; }

    /// <summary>It goes on after a checkpoint that it was asked for, instead of ending.</summary>
    public bool GoesOnAfterCheckpoint { get; init; }

    /// <summary>Why it cannot be moved; empty when it can.</summary>
    public string CannotMove { get; init; } = "";

    /// <summary>Healthy cards of the node that nobody uses and that a drain would leave idle.</summary>
    public int IdleCards { get; init; }

    /// <summary>Card-minutes that an unannounced failure costs the job which this node would get next; this site's own, once observed.</summary>
    public double NextJobLoss { get; init; }
}
