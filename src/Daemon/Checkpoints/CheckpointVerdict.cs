using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>What was found of one checkpoint, and how.</summary>
/// <param name="Checkpoint">The checkpoint.</param>
/// <param name="Checks">What was looked into, file by file.</param>
/// <param name="Notes">What speaks neither for nor against it and somebody should know.</param>
internal sealed record CheckpointVerdict(Checkpoint Checkpoint, IReadOnlyList<CheckedFile> Checks, IReadOnlyList<string> Notes)
{
    public bool IsComplete => Checkpoint.Completeness == CheckpointCompleteness.Complete;
}

/// <summary>One file that was looked at.</summary>
/// <param name="File">Relative to the checkpoint.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Check">What of it was verified.</param>
internal sealed record CheckedFile(string File, long Bytes, string Check);
