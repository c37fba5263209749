namespace Forewarn.Daemon.Checkpoints;

/// <summary>How an examination in a child came to its end.</summary>
internal enum CheckpointAnswerEnd
{
    /// <summary>All that was asked for was looked at.</summary>
    Done,

    /// <summary>It could not be: <see cref="CheckpointAnswer.Trouble"/> says why.</summary>
    Failed,

    /// <summary>It took too long and was killed.</summary>
    TimedOut,
}

/// <summary>What came of an examination.</summary>
/// <param name="End">How it ended.</param>
/// <param name="Verdicts">The checkpoints that were looked at, the newest first.</param>
/// <param name="Skipped">Names that were left out at sight.</param>
/// <param name="Trouble">Why not all was looked at.</param>
internal sealed record CheckpointAnswer(CheckpointAnswerEnd End, IReadOnlyList<CheckpointVerdict> Verdicts, IReadOnlyList<SkippedName> Skipped, string? Trouble);
