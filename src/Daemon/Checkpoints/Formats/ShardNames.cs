using System.Text;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// The names of shards (digits and underlines before <c>.distcp</c>) that stand in a pickle. It is searched as bytes, never loaded: a string of a pickle
/// is written in one piece with its length, which for names this short is no digit.
/// </summary>
internal static class ShardNames
{
    private const int Window = 1 << 20;
    private const int LongestName = 64;

    /// <summary>Null when the file cannot be opened, which is refused here.</summary>
    public static HashSet<string>? Read(CheckpointInquiry inquiry, string path, Func<string, bool> isShard)
    {
        var error = inquiry.TryOpen(path, out var file);
        if (error != Interop.Linux.Errno.None)
        {
            inquiry.Refuse(path, CheckpointDefectKind.Unreadable, ErrnoText.Of(error));
            return null;
        }

        using (file)
        {
            var named = new HashSet<string>();
            var window = new byte[Window];
            for (var at = 0L; at < file!.Length && named.Count < CheckpointTree.MostEntries; at += Window - LongestName)
            {
                var part = window.AsSpan(0, (int)Math.Min(Window, file.Length - at));
                if (!file.TryRead(at, part)) break; // The look into the file itself says why.
                Collect(part, named, isShard, isFirst: at == 0);
            }

            return named;
        }
    }

    private static void Collect(ReadOnlySpan<byte> bytes, HashSet<string> into, Func<string, bool> isShard, bool isFirst)
    {
        var suffix = ".distcp"u8;
        for (int at, from = 0; (at = bytes[from..].IndexOf(suffix)) >= 0; from += at + suffix.Length)
        {
            var (start, end) = (from + at, from + at + suffix.Length);
            while (start > 0 && end - start < LongestName && (char.IsAsciiDigit((char)bytes[start - 1]) || bytes[start - 1] == (byte)'_')) start--;
            if (start == 0 && !isFirst) continue; // Its beginning may be cut off; the window before had it whole.
            if (Encoding.ASCII.GetString(bytes[start..end]) is var name && isShard(name)) into.Add(name);
        }
    }
}
