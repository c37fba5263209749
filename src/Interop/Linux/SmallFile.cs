namespace Forewarn.Interop.Linux;

/// <summary>
/// Reads a file of /proc or /sys, whose length is not known before, into a buffer of the caller's. By libc and not by the framework, which would throw
/// for each file that is not there: most nodes lack some of those that are looked for again and again, and an exception costs kilobytes.
/// </summary>
internal static class SmallFile
{
    /// <summary>False when it cannot be read: absent, not allowed, or its process or device has gone meanwhile.</summary>
    public static bool TryRead(string path, Span<byte> buffer, out ReadOnlySpan<byte> content)
    {
        content = default;
        var descriptor = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec);
        return descriptor >= 0 && ReadAndClose(descriptor, buffer, out content) == Errno.None;
    }

    /// <summary>Reads from where the descriptor stands; what does not fit is cut off.</summary>
    public static Errno ReadAndClose(int descriptor, Span<byte> buffer, out ReadOnlySpan<byte> content)
    {
        var length = 0;
        nint read = 0;
        while (length < buffer.Length && (read = Libc.Read(descriptor, buffer[length..])) > 0) length += (int)read;
        var error = read < 0 ? Libc.LastError : Errno.None;
        _ = Libc.Close(descriptor);
        content = buffer[..length];
        return error;
    }
}
