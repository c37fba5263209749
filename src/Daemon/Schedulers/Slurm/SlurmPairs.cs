using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>The <c>Key=Value</c> of one line: keys in any case, blanks around the sign allowed, a value with blanks in quotes.</summary>
internal static class SlurmPairs
{
    /// <summary>What the line sets, by key; what is no pair is complained of.</summary>
    public static Dictionary<string, string> Read(int number, string text, ComplaintList complaints)
    {
        var pairs = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = text.AsSpan().TrimStart();
        while (rest.Length > 0)
        {
            var end = rest.IndexOfAny("= \t");
            var key = (end < 0 ? rest : rest[..end]).ToString();
            rest = end < 0 ? [] : rest[end..].TrimStart();
            if (key.Length == 0 || rest is not ['=', ..])
            {
                complaints.Add(number, $"\"{(key.Length == 0 ? "=" : key)}\" is not Key=Value");
                if (key.Length == 0) rest = rest[1..].TrimStart();
                continue;
            }

            var value = Value(number, ref rest, complaints);
            if (!pairs.TryAdd(key, value)) complaints.Add(number, $"{key} stands twice on the line; {pairs[key]} is taken, {value} is not");
        }

        return pairs;
    }

    /// <summary>Begins at the sign, ends before the next key.</summary>
    private static string Value(int number, ref ReadOnlySpan<char> rest, ComplaintList complaints)
    {
        rest = rest[1..].TrimStart();
        var isQuoted = rest is ['"', ..];
        if (isQuoted) rest = rest[1..];
        var end = isQuoted ? rest.IndexOf('"') : rest.IndexOfAny(' ', '\t');
        if (isQuoted && end < 0) complaints.Add(number, "a quotation mark is not closed");
        var value = (end < 0 ? rest : rest[..end]).ToString();
        rest = end < 0 ? [] : rest[(isQuoted ? end + 1 : end)..].TrimStart();
        return value;
    }
}
