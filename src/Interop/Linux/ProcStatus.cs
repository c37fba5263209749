using System.Buffers.Text;

namespace Forewarn.Interop.Linux;

/// <summary>/proc/PID/status: of its lines, to whom the process belongs.</summary>
public static class ProcStatus
{
    /// <summary>The real user id: the first of four numbers behind <c>Uid:</c> (proc(5)).</summary>
    public static bool TryParseUser(ReadOnlySpan<byte> text, out int user)
    {
        user = -1;
        int line = text.IndexOf("\nUid:\t"u8);
        return line >= 0 && Utf8Parser.TryParse(text[(line + 6)..], out user, out _);
    }
}
