namespace Forewarn.Controller.Coordination;

/// <summary>How long things take at this site, as far as a job's owner declares nothing. A site's own measurements replace them.</summary>
public sealed record SiteTimes
{
    /// <summary>How long a checkpoint holds up a job. Own figure.</summary>
    public TimeSpan Checkpoint { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>From the order to move until the job's processes start: the measured sequence takes seconds, a stop in good order half a minute (TrainMover, arXiv 2412.12636).</summary>
    public TimeSpan Stop { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>From the start of the processes until the job computes: load, communicators and warm-up of 1,024 cards (the same).</summary>
    public TimeSpan Load { get; init; } = TimeSpan.FromSeconds(225);

    /// <summary>How much later a job starts that its scheduler requeues by itself: 121 s were measured.</summary>
    public TimeSpan Requeue { get; init; } = TimeSpan.FromSeconds(121);

    /// <summary>What is left to a job without a limit: the longest time over which a chance of failure is told.</summary>
    public TimeSpan Unlimited { get; init; } = TimeSpan.FromDays(7);
}
