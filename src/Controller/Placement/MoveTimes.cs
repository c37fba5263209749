namespace Forewarn.Controller.Placement;

/// <summary>
/// How long the parts of a move take. The defaults are of the order of published restarts (a full one 6.5 min: stop ½, reschedule 1½, load 1¾, communicators 1, warm-up 1 min; a
/// move to a standby 20 s: TrainMover, arXiv 2412.12636); a site's own measurements replace them.
/// </summary>
public sealed record MoveTimes
{
    /// <summary>State is read where it lies.</summary>
    public TimeSpan LocalState { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>State comes from another node.</summary>
    public TimeSpan PeerState { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>State comes from the shared store.</summary>
    public TimeSpan StoredState { get; init; } = TimeSpan.FromSeconds(104);

    /// <summary>A warm spare starts.</summary>
    public TimeSpan WarmStart { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An idle node starts.</summary>
    public TimeSpan FreeStart { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Others' work ends, and then the node starts.</summary>
    public TimeSpan PreemptedStart { get; init; } = TimeSpan.FromSeconds(210);

    /// <summary>One group builds its communicator anew; groups of other ranks on the same nodes do so at the same time.</summary>
    public TimeSpan GroupRebuild { get; init; } = TimeSpan.FromSeconds(2);
}
