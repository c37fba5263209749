using System.Buffers.Text;

namespace Forewarn.Interop.Linux;

/// <summary>How long this boot has lasted, time asleep included (proc_uptime(5)).</summary>
public static class Uptime
{
    public static bool TryRead(string root, out TimeSpan uptime)
    {
        uptime = default;
        Span<byte> buffer = stackalloc byte[64];
        return SmallFile.TryRead(Path.Combine(root, "proc/uptime"), buffer, out ReadOnlySpan<byte> text) && TryParse(text, out uptime);
    }

    /// <summary>Seconds with a fraction; what follows the first blank is of no use here.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out TimeSpan uptime)
    {
        uptime = default;
        // A count beyond 10^9 s, thirty years, is none.
        if (!Utf8Parser.TryParse(text, out double seconds, out int taken) || taken == 0 || seconds is not (>= 0 and < 1e9)) return false;
        uptime = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
