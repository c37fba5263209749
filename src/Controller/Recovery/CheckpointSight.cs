namespace Forewarn.Controller.Recovery;

/// <summary>What is known of a job's checkpoints.</summary>
/// <param name="Newest">The newest that was found complete; null while none is known.</param>
/// <param name="Read">When the last look for them that has ended was begun; null before the first has.</param>
/// <param name="IsReadable">That look was answered: where it found none there is none. False before the first.</param>
public sealed record CheckpointSight(SeenCheckpoint? Newest = null, DateTimeOffset? Read = null, bool IsReadable = false)
{
    /// <summary>Time between the newest and the one that was the newest before it; null until two were seen.</summary>
    public TimeSpan? Interval { get; init; }
}
