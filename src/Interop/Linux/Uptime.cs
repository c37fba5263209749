using System.Buffers.Text;

namespace Forewarn.Interop.Linux;

/// <summary>/proc/uptime: how long ago the machine was booted, time asleep included.</summary>
public static class Uptime
{
    public static bool TryRead(string root, out TimeSpan uptime)
    {
        uptime = default;
        Span<byte> buffer = stackalloc byte[64];
        if (!SmallFile.TryRead(Path.Combine(root, "proc/uptime"), buffer, out ReadOnlySpan<byte> text)) return false;
        if (!Utf8Parser.TryParse(text, out double seconds, out _, 'F') || seconds is < 0 or > 1e10) return false;
        uptime = TimeSpan.FromSeconds(seconds);
        return true;
    }
}
