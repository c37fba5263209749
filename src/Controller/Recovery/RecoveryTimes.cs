namespace Forewarn.Controller.Recovery;

/// <summary>How long each step may take. Own figures, unless one is named.</summary>
public sealed record RecoveryTimes
{
    /// <summary>Drain and hold: a few commands of the scheduler.</summary>
    public TimeSpan Securing { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A checkpoint, where its owner declared no cost.</summary>
    public TimeSpan Checkpoint { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>As often its declared cost may a checkpoint take: disks are slower when many write.</summary>
    public double CheckpointSlack { get; init; } = 3;

    /// <summary>Until the job is off its nodes: Slurm's KillWait is 30 s, epilogs come on top.</summary>
    public TimeSpan Stopping { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Until a job that was let go runs.</summary>
    public TimeSpan Starting { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long it must run, if it writes no checkpoint sooner, to count as getting on.</summary>
    public TimeSpan Progress { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a hold stands should we never come back.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often placements are tried.</summary>
    public int Attempts { get; init; } = 3;
}
