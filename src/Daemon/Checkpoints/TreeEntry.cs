using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>What a name stands for.</summary>
internal enum TreeEntryKind
{
    /// <summary>Bytes.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link; it is not followed.</summary>
    Link,

    /// <summary>A FIFO, socket or device; it is not opened.</summary>
    Other,

    /// <summary>It could not be looked at.</summary>
    Unknown,
}

/// <summary>One name as a listing tells it.</summary>
/// <param name="Path">Relative to where the listing began, with slashes.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Bytes">Size of a file.</param>
/// <param name="Modified">When it was last written, by the file server's clock.</param>
/// <param name="Error">Why it could not be looked at, or a folder not be listed.</param>
internal readonly record struct TreeEntry(string Path, TreeEntryKind Kind, long Bytes, DateTimeOffset Modified, Errno Error = Errno.None)
{
    /// <summary>Its last name.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    /// <summary>The folder it lies in; "" at the top.</summary>
    public string Folder => Path.LastIndexOf('/') is > 0 and var slash ? Path[..slash] : "";

    public bool IsFile => Kind == TreeEntryKind.File;
}
