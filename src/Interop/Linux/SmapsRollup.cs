using System.Buffers.Text;

namespace Forewarn.Interop.Linux;

/// <summary>
/// /proc/PID/smaps_rollup (Linux 4.14): memory in PSS, where a page that n processes share counts one n-th for each. Only that sum
/// is honest for an agent and probes that map the same files.
/// </summary>
public static class SmapsRollup
{
    public static bool TryReadPss(string root, int process, out long bytes)
    {
        bytes = 0;
        // About 700 bytes with Linux 6.1; lines were added over time, and Pss is the third.
        Span<byte> buffer = stackalloc byte[2048];
        return SmallFile.TryRead(Path.Combine(root, $"proc/{process}/smaps_rollup"), buffer, out ReadOnlySpan<byte> text)
            && TryParsePss(text, out bytes);
    }

    /// <summary>The line "Pss:   270 kB"; kB is 1024 bytes.</summary>
    public static bool TryParsePss(ReadOnlySpan<byte> text, out long bytes)
    {
        bytes = 0;
        int start = text.IndexOf("\nPss:"u8);
        if (start < 0) return false;
        text = text[(start + "\nPss:"u8.Length)..].TrimStart((byte)' ');
        if (!Utf8Parser.TryParse(text, out long kibibytes, out int taken) || !text[taken..].StartsWith(" kB\n"u8)) return false;
        bytes = kibibytes * 1024;
        return true;
    }
}
