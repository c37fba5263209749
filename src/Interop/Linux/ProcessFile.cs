using System.Buffers.Text;

namespace Forewarn.Interop.Linux;

/// <summary>
/// Files of /proc/PID, read again and again for as long as the process lives: into a buffer of the caller's, with nothing allocated.
/// </summary>
public sealed class ProcessFile
{
    private const int LongestPid = 10; // an int without sign

    private readonly byte[] _start;

    /// <param name="root">Directory that stands for <c>/</c>.</param>
    public ProcessFile(string root) => _start = System.Text.Encoding.UTF8.GetBytes(Path.Join(root, "proc/"));

    /// <summary>None when it was read; NoEntry and NoProcess say that the process has gone.</summary>
    /// <param name="process">Its pid.</param>
    /// <param name="name">Name of the file, with a NUL behind it: <c>"stat\0"u8</c>.</param>
    /// <param name="buffer">What does not fit is cut off.</param>
    /// <param name="content">The part of the buffer that was filled.</param>
    public Errno Read(int process, ReadOnlySpan<byte> name, Span<byte> buffer, out ReadOnlySpan<byte> content)
    {
        content = default;
        Span<byte> path = stackalloc byte[_start.Length + LongestPid + 1 + name.Length];
        _start.CopyTo(path);
        if (process < 0 || !Utf8Formatter.TryFormat(process, path[_start.Length..], out var digits)) return Errno.NoProcess;
        path[_start.Length + digits] = (byte)'/';
        name.CopyTo(path[(_start.Length + digits + 1)..]);

        var descriptor = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec);
        return descriptor < 0 ? Libc.LastError : SmallFile.ReadAndClose(descriptor, buffer, out content);
    }
}
