using Microsoft.Win32.SafeHandles;

namespace Forewarn.Interop.Linux;

/// <summary>Reads a file of /proc or /sys, whose length is not known before, into a buffer of the caller's.</summary>
internal static class SmallFile
{
    /// <summary>False when it cannot be read: absent, not allowed, or its process or device has gone meanwhile.</summary>
    public static bool TryRead(string path, Span<byte> buffer, out ReadOnlySpan<byte> content)
    {
        content = default;
        try
        {
            // ReadWrite: with any other share mode the framework takes an advisory lock on the file.
            using SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            int length = 0;
            while (length < buffer.Length)
            {
                int read = RandomAccess.Read(file, buffer[length..], length);
                if (read == 0) break;
                length += read;
            }

            content = buffer[..length];
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
