namespace Forewarn.Daemon.Recovery;

/// <summary>How often the runner looks. Own figures: a full reading every half minute, more often while something of ours is under way.</summary>
internal sealed record RunnerTimes
{
    /// <summary>While nothing is under way.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>While a checkpoint is awaited: its folder is looked into with these looks, and it rests for 5 s, in which it has to be seen to be looked at again in time.</summary>
    public TimeSpan Awaiting { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>While a job that is left alone again may yet end, and while a node is repaired; and the least by which clocks must be apart to be told so.</summary>
    public TimeSpan Asking { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>While a job is being moved; as long as a reading took, if that is more: the scheduler has others to serve.</summary>
    public TimeSpan Moving { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same for <see cref="Brisk"/> after each step, in which a job is stopped or started as a rule.</summary>
    public TimeSpan Soon { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long after a step of a move it is looked so often: Slurm's KillWait, which is the longest that a job may take to end, as a rule.</summary>
    public TimeSpan Brisk { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After the scheduler or the journal refused something.</summary>
    public TimeSpan Retry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long commands may be given on one sight; shorter than the longest that one may take.</summary>
    public TimeSpan FreshEnough { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How old a sight may be when its consequences are known; one that took longer leads to nothing, and is said to. Own figure: as long as the guard against a stale sight allows, and many times what ten thousand nodes take.</summary>
    public TimeSpan StillTrue { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// After a start nothing is done for so long: a command that an earlier controller gave may still be on its way, and there is no way to take it back. The
    /// longest that any command may take.
    /// </summary>
    public TimeSpan BeforeActing { get; init; } = TimeSpan.FromSeconds(15);
}
