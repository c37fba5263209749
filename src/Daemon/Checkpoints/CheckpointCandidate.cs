namespace Forewarn.Daemon.Checkpoints;

/// <summary>What looks like a checkpoint by its name and the names in it.</summary>
/// <param name="Name">Its name in the root; "" where the root itself is the checkpoint.</param>
/// <param name="Format">Of which format.</param>
/// <param name="Modified">When the folder, or the file, was last changed.</param>
/// <param name="File">The file, where it is one and no folder.</param>
internal sealed record CheckpointCandidate(string Name, ICheckpointFormat Format, DateTimeOffset Modified, TreeEntry? File = null)
{
    /// <summary>The step of a folder; a plain file's numbers may mean anything, so that its time alone counts.</summary>
    public long? Step => File is null ? StepName.Of(Name) : null;
}

/// <summary>A name that looks like a checkpoint and is left out at sight.</summary>
/// <param name="Name">As it may be shown.</param>
/// <param name="Reason">Why.</param>
internal sealed record SkippedName(string Name, string Reason);
