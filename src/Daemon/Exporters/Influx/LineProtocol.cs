using System.Text;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>The parts of a line that stay the same from point to point, as bytes.</summary>
/// <remarks>
/// Escaping is that of the line protocol's reference: comma and blank in a measurement, comma, equals sign and blank in tags, quote and
/// backslash in text fields. Two things it has no way to write, and they are replaced: control characters by a blank, and a backslash in a
/// name or tag by a slash where what follows would change its meaning (servers disagree on <c>\\</c>).
/// </remarks>
internal static class LineProtocol
{
    /// <summary><c>measurement,tag=…,tag=… value=</c>; an empty tag is left out, since there is no way to write one.</summary>
    public static byte[] Series(string measurement, IEnumerable<SignalLabel> tags)
        => Encoding.UTF8.GetBytes(Key(measurement, tags).Append(" value=").ToString());

    /// <summary><c>measurement,tag=…,tag=… name="text",…</c> with fields that are complete. Empty texts are left out; null when nothing is left.</summary>
    public static byte[]? Facts(string measurement, IEnumerable<SignalLabel> tags, IEnumerable<SignalLabel> texts, string? others = null)
    {
        var line = Key(measurement, tags).Append(' ');
        var start = line.Length;
        foreach (var (name, value) in texts)
        {
            if (value.Length == 0) continue;
            Comma().Append(name).Append("=\"");
            foreach (var c in value) _ = c is '"' or '\\' ? line.Append('\\').Append(c) : line.Append(char.IsControl(c) ? ' ' : c);
            line.Append('"');
        }

        if (others is { Length: > 0 }) Comma().Append(others);
        return line.Length == start ? null : Encoding.UTF8.GetBytes(line.ToString());

        StringBuilder Comma() => line.Length == start ? line : line.Append(',');
    }

    // Sorted by key, as the reference advises: servers need not sort them again.
    private static StringBuilder Key(string measurement, IEnumerable<SignalLabel> tags)
    {
        var line = new StringBuilder();
        Escape(line, measurement, ", ");
        foreach (var (key, value) in tags.OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            if (value.Length == 0) continue;
            Escape(line.Append(','), key, ",= ");
            Escape(line.Append('='), value, ",= ");
        }

        return line;
    }

    private static void Escape(StringBuilder line, string text, string special)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = char.IsControl(text[i]) ? ' ' : text[i];
            if (c == '\\' && (i + 1 == text.Length || text[i + 1] is '\\' or ',' or '=' or ' ' || char.IsControl(text[i + 1]))) c = '/';
            if (special.Contains(c)) line.Append('\\');
            line.Append(c);
        }
    }
}
