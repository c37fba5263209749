using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>Why a file cannot be read, as a person says it.</summary>
internal static class ErrnoText
{
    public static string Of(Errno error) => error switch
    {
        Errno.NotPermitted or Errno.AccessDenied => "permission denied",
        Errno.NoEntry => "is not there, or its name is not UTF-8",
        Errno.NotDirectory => "is not a folder",
        Errno.SymbolicLink => "is a symbolic link, which is not followed",
        Errno.CrossesDevice => "leads out of the folder",
        Errno.InputOutput => "the disk or the file server reports an error (EIO)",
        Errno.Stale => "the file server has lost it (ESTALE)",
        Errno.NameTooLong => "its name is too long",
        Errno.InvalidArgument => "is no regular file",
        _ => $"cannot be read ({error})",
    };
}
