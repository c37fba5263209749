using System.Buffers.Text;
using System.Text;

namespace Forewarn.Interop.Linux;

/// <summary>How long this boot has lasted, time asleep included (proc_uptime(5)); of the machine itself <see cref="KernelClock"/> tells without a file.</summary>
public static class Uptime
{
    private const int LongestPath = 4096; // PATH_MAX

    /// <summary>Allocates nothing.</summary>
    public static bool TryRead(string root, out TimeSpan uptime)
    {
        uptime = default;
        var file = "/proc/uptime\0"u8;
        var length = Encoding.UTF8.GetByteCount(root);
        if (length + file.Length > LongestPath) return false;
        Span<byte> path = stackalloc byte[length + file.Length];
        Encoding.UTF8.GetBytes(root, path);
        file.CopyTo(path[length..]);
        var descriptor = Libc.Open(path, Libc.ReadOnly | Libc.CloseOnExec);
        if (descriptor < 0) return false;
        Span<byte> text = stackalloc byte[64];
        var read = (int)Libc.Read(descriptor, text);
        _ = Libc.Close(descriptor);
        return read > 0 && TryParse(text[..read], out uptime);
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
