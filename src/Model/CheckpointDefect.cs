namespace Forewarn.Model;

/// <summary>One thing that speaks against a checkpoint.</summary>
/// <param name="File">The file, relative to the checkpoint; "." for the whole.</param>
/// <param name="Kind">Of which sort.</param>
/// <param name="Reason">In words.</param>
public sealed record CheckpointDefect(string File, CheckpointDefectKind Kind, string Reason);

/// <summary>What can be wrong with a file of a checkpoint.</summary>
public enum CheckpointDefectKind
{
    /// <summary>It is not there and should be.</summary>
    Missing,

    /// <summary>It has no bytes.</summary>
    Empty,

    /// <summary>Its end is missing, or its parts do not fit its size.</summary>
    Torn,

    /// <summary>Far smaller than its like.</summary>
    TooSmall,

    /// <summary>It has the name of something that is still being written.</summary>
    Staging,

    /// <summary>The framework has not said yet that it is finished.</summary>
    NotCommitted,

    /// <summary>It was written to a moment ago, or changed while it was read.</summary>
    StillWritten,

    /// <summary>Older than was asked for.</summary>
    TooOld,

    /// <summary>Another size or content than the format allows.</summary>
    Invalid,

    /// <summary>It cannot be read.</summary>
    Unreadable,

    /// <summary>A symbolic link, which is not followed, or something that is no file.</summary>
    NotAFile,

    /// <summary>More names than are looked at.</summary>
    TooMany,
}
