using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Files;

/// <summary>Gives a file that lies on the disk its name for good. A rename alone may be undone by a power cut: the name is the folder's, and written with it (fsync(2)).</summary>
internal static class DurableName
{
    /// <summary>Replaces what bore the name. Throws as files do; then either of the two names may be there.</summary>
    public static void Move(string draft, string target)
    {
        File.Move(draft, target, overwrite: true);
        Write(Path.GetDirectoryName(target)!);
    }

    private static void Write(string folder)
    {
        var descriptor = Libc.Open(folder, Libc.ReadOnly | Libc.CloseOnExec);
        if (descriptor < 0) throw Refused(folder);
        try
        {
            // Some file systems have nothing to write of a folder, and say that it is no argument.
            if (Libc.Fsync(descriptor) != 0 && Libc.LastError != Errno.InvalidArgument) throw Refused(folder);
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    private static IOException Refused(string folder) => new($"{folder} cannot be written to the disk: {Libc.LastError}");
}
