using System.Buffers.Text;

namespace Forewarn.Interop.Linux;

/// <summary>The kernel's random name of this boot: counters, sequence numbers and start times hold within one boot only.</summary>
public static class BootId
{
    public static bool TryRead(string root, out Guid bootId)
    {
        bootId = default;
        Span<byte> buffer = stackalloc byte[64];
        return SmallFile.TryRead(Path.Combine(root, "proc/sys/kernel/random/boot_id"), buffer, out ReadOnlySpan<byte> text)
            && TryParse(text, out bootId);
    }

    /// <summary>A uuid with dashes and a line end.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out Guid bootId)
    {
        text = text.TrimEnd((byte)'\n');
        return Utf8Parser.TryParse(text, out bootId, out int taken, 'D') && taken == text.Length;
    }
}
