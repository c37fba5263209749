using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Recovery;

/// <summary>How long each step may take. Own figures, unless one is named.</summary>
public sealed record RecoveryTimes
{
    /// <summary>So long nothing of a checkpoint may have been written to until it counts as complete. Own figure: what writes one writes all the time, and a job was told to hurry.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Drain and hold: a few commands of the scheduler.</summary>
    public TimeSpan Securing { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A checkpoint, where its owner declared no cost.</summary>
    public TimeSpan Checkpoint { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>As often its declared cost may a checkpoint take: disks are slower when many write.</summary>
    public double CheckpointSlack { get; init; } = 3;

    /// <summary>
    /// From the order to ask until an answer can be seen, beside what the checkpoint takes: a heartbeat of 10 s takes the request to the node, 5 s a checkpoint must
    /// rest, every 2 s the folder is looked into and the cluster read; the rest is theirs to be late.
    /// </summary>
    public TimeSpan Noticing { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>So long a checkpoint may be written until it is seen: 5 s it must rest, and clocks may be apart a little.</summary>
    public TimeSpan Resting { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Until the job is off its nodes: Slurm's KillWait is 30 s, epilogs come on top.</summary>
    public TimeSpan Stopping { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Until a job that was let go runs.</summary>
    public TimeSpan Starting { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long it must run, if it writes no checkpoint sooner, to count as getting on.</summary>
    public TimeSpan Progress { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a hold stands should we never come back.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How long a command that was given may yet take effect: the longest that any is waited for.</summary>
    public TimeSpan LateCommand { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often placements are tried.</summary>
    public int Attempts { get; init; } = 3;

    /// <summary>How long a checkpoint that such a job was asked for is awaited: its owner's figure with slack, or the site's.</summary>
    public TimeSpan CheckpointOf(JobContract contract) => contract.CheckpointCost is { } cost ? (cost * CheckpointSlack) + Noticing : Checkpoint;

    /// <summary>How long a hold for such a job stands: never shorter than all that may be waited for beneath it.</summary>
    public TimeSpan HoldFor(JobContract contract)
    {
        var longest = Securing + CheckpointOf(contract) + Stopping + Starting + Starting; // to be told where to start, and to start
        return longest > Hold ? longest : Hold;
    }
}
