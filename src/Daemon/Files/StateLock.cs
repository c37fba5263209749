using System.Globalization;
using System.Text;
using Forewarn.Interop.Linux;
using Microsoft.Win32.SafeHandles;

namespace Forewarn.Daemon.Files;

/// <summary>One agent a state directory: two would take each other's files apart. However its holder ends, the kernel gives the lock back.</summary>
internal sealed class StateLock : IDisposable
{
    /// <summary>The file's name; it has the holder's pid.</summary>
    public const string FileName = "agent.lock";

    private readonly SafeFileHandle? _file;

    private StateLock(SafeFileHandle? file) => _file = file;

    /// <summary>
    /// Takes it; null when another process has it (0 where it cannot be told which). A directory in which nothing can be written needs no lock, and has none.
    /// </summary>
    public static StateLock? TryTake(string directory, out int holder)
    {
        holder = 0;
        var path = Path.Join(directory, FileName);
        try
        {
            // To share with nobody is flock(LOCK_EX | LOCK_NB) here; and the descriptor is closed on exec, so that no child holds it on.
            var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            Sign(file);
            return new StateLock(file);
        }
        catch (IOException taken) when (taken.HResult == (int)Errno.TryAgain)
        {
            holder = HolderIn(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new StateLock(null);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static void Sign(SafeFileHandle file)
    {
        try
        {
            var text = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n"));
            RandomAccess.Write(file, text, 0);
            RandomAccess.SetLength(file, text.Length);
        }
        catch (IOException)
        {
            // The disk is full: it is locked all the same.
        }
    }

    /// <summary>Not through the framework, which asks for a lock to read as well.</summary>
    private static int HolderIn(string path)
    {
        var descriptor = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec);
        if (descriptor < 0) return 0;
        Span<byte> text = stackalloc byte[16];
        var length = (int)Libc.Read(descriptor, text);
        _ = Libc.Close(descriptor);
        return length > 0 && int.TryParse(text[..length].TrimEnd((byte)'\n'), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0;
    }
}
