using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery;

/// <summary>What came of a look for a job's checkpoints.</summary>
/// <param name="Newest">The newest that is complete; null where none was seen.</param>
/// <param name="IsReadable">The folder could be looked into: none seen is none there.</param>
/// <param name="Rested">When the newest that lacks nothing but rest will have had it; null where there is none.</param>
internal sealed record CheckpointReading(SeenCheckpoint? Newest, bool IsReadable, DateTimeOffset? Rested = null)
{
    /// <summary>Nobody could look.</summary>
    public static CheckpointReading Failed { get; } = new(null, false);
}
