using System.Buffers.Text;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>
/// /proc/PID/stat: a process's state letter (D is an uninterruptible wait in the kernel, which no signal ends), its processor time
/// and its start. A pid is reused; pid and start together are not within one boot.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ProcStat(int Process, char State, long UserTicks, long SystemTicks, long StartTicks)
{
    /// <summary>USER_HZ: proc(5) counts in these whatever the kernel's own tick is; 100 on x86-64 and arm64.</summary>
    public const int TicksPerSecond = 100;

    // Fields of proc(5), counted from 1. State is the first behind the name.
    private const int StateField = 3;
    private const int UserTimeField = 14;
    private const int SystemTimeField = 15;
    private const int StartTimeField = 22;

    public static bool TryRead(string root, int process, out ProcStat stat)
    {
        stat = default;
        // 52 fields, of which most are short; the longest possible line is near 900 bytes.
        Span<byte> buffer = stackalloc byte[1024];
        return SmallFile.TryRead(Path.Combine(root, $"proc/{process}/stat"), buffer, out ReadOnlySpan<byte> text)
            && TryParse(text, out stat);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out ProcStat stat)
    {
        stat = default;
        // The name stands in parentheses and may itself have spaces and parentheses: the last one ends it.
        int open = text.IndexOf(" ("u8);
        int close = text.LastIndexOf(") "u8);
        if (open < 0 || close < open || close + 2 >= text.Length) return false;
        if (!Utf8Parser.TryParse(text[..open], out int process, out int taken) || taken != open) return false;

        text = text[(close + 2)..];
        char state = (char)text[0];
        if (!TryTake(ref text, UserTimeField - StateField, out long user)
            || !TryTake(ref text, SystemTimeField - UserTimeField, out long system)
            || !TryTake(ref text, StartTimeField - SystemTimeField, out long start)) return false;
        stat = new(process, state, user, system, start);
        return true;
    }

    /// <summary>The process's name as the kernel keeps it, 15 bytes at most; empty when the text is broken.</summary>
    public static ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> text)
    {
        int open = text.IndexOf(" ("u8);
        int close = text.LastIndexOf(") "u8);
        return open < 0 || close < open + 2 ? [] : text[(open + 2)..close];
    }

    // Passes over so many fields, then reads a number and stays at it.
    private static bool TryTake(ref ReadOnlySpan<byte> text, int fields, out long value)
    {
        value = 0;
        for (int i = 0; i < fields; i++)
        {
            int space = text.IndexOf((byte)' ');
            if (space < 0) return false;
            text = text[(space + 1)..];
        }

        return Utf8Parser.TryParse(text, out value, out _);
    }
}
