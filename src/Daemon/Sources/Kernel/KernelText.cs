using System.Text;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Undoes the kernel's escapes: it writes <c>\xNN</c> for a backslash and for every byte that is not printable ASCII. Control characters other
/// than a line end stay escaped, since a process may call itself what it likes and the line is shown on terminals.
/// </summary>
internal static class KernelText
{
    /// <summary>How much was written; never more than the escaped text has bytes.</summary>
    public static int Decode(ReadOnlySpan<byte> escaped, Span<char> into)
        => escaped.Contains((byte)'\\') ? Unescape(escaped, into) : Encoding.UTF8.GetChars(escaped, into);

    private static int Unescape(ReadOnlySpan<byte> escaped, Span<char> into)
    {
        var bytes = new byte[escaped.Length]; // rare: a line end in the text, or a name that is not ASCII
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (TryEscape(escaped[i..], out var value)) i += 3;
            else value = escaped[i];
            bytes[length++] = value;
        }

        var written = Encoding.UTF8.GetChars(bytes.AsSpan(0, length), into);
        foreach (ref var character in into[..written])
        {
            if (character is >= '\u0080' and < '\u00A0') character = '?'; // the other control characters (ISO 6429, C1)
        }

        return written;
    }

    private static bool TryEscape(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 4 || text[0] != (byte)'\\' || text[1] != (byte)'x') return false;
        if (!System.Buffers.Text.Utf8Parser.TryParse(text.Slice(2, 2), out value, out var taken, 'x') || taken != 2) return false;
        return value is (byte)'\n' or (>= 0x20 and not 0x7F);
    }
}
