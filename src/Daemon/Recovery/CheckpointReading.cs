using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery;

/// <summary>What came of a look for a job's checkpoints.</summary>
/// <param name="Newest">The newest that is complete; null where none was seen.</param>
/// <param name="IsReadable">The folder could be looked into: none seen is none there.</param>
internal sealed record CheckpointReading(SeenCheckpoint? Newest, bool IsReadable)
{
    /// <summary>Nobody could look.</summary>
    public static CheckpointReading Failed { get; } = new(null, false);
}
