using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Contents;

/// <summary>What a look into one file came to.</summary>
/// <param name="What">What was checked, in words.</param>
/// <param name="IsProof">False where the form has nothing that could be checked.</param>
/// <param name="Kind">What is wrong; null when nothing is.</param>
/// <param name="Reason">In words.</param>
internal sealed record ContentFinding(string What, bool IsProof, CheckpointDefectKind? Kind = null, string Reason = "")
{
    public static ContentFinding Good(string what) => new(what, true);

    /// <summary>Nothing can be said beyond its size.</summary>
    public static ContentFinding Open(string what) => new(what, false);

    public static ContentFinding Bad(string what, CheckpointDefectKind kind, string reason) => new(what, true, kind, reason);

    public static ContentFinding Torn(string what, string reason) => Bad(what, CheckpointDefectKind.Torn, reason);

    /// <summary>A read did not give what the size promised.</summary>
    public static ContentFinding Unread(string what, CheckpointFile file) => file.Error == Interop.Linux.Errno.None
        ? Bad(what, CheckpointDefectKind.StillWritten, "became shorter while it was read")
        : Bad(what, CheckpointDefectKind.Unreadable, ErrnoText.Of(file.Error));
}
