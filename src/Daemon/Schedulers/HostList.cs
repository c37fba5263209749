using System.Collections.Immutable;
using System.Globalization;

namespace Forewarn.Daemon.Schedulers;

/// <summary>The short form of many names that Slurm and the tools around it write: <c>n[1-2,04-05],m7</c> and <c>r[1-2]n[1-8]</c>.</summary>
internal static class HostList
{
    // Own figures. More nodes than any cluster has; a list that says more is a mistake, and must not fill our memory. No cluster counts in more dimensions, and each
    // is a call deeper. A number of more digits is none.
    private const int Most = 100_000;
    private const int MostBrackets = 8;
    private const int MostDigits = 9;

    /// <summary>The names in their order; null when the text is not of this form.</summary>
    public static ImmutableArray<string>? Expand(string text)
    {
        List<string> names = [];
        foreach (var part in Parts(text))
        {
            if (part is null || part.Count('[') > MostBrackets || !Add(part, "", names)) return null;
        }

        return [.. names];
    }

    /// <summary>The other way; Slurm reads the long form as well, so no more than the commas is needed.</summary>
    public static string Join(IEnumerable<string> names) => string.Join(',', names);

    // Commas inside brackets are not between names. A null stands for brackets that do not match.
    private static IEnumerable<string?> Parts(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (depth != 0) yield return null;
                else if (i > start) yield return text[start..i];
                start = i + 1;
            }
            else if (text[i] is '[' or ']')
            {
                depth += text[i] == '[' ? 1 : -1;
                if (depth is 0 or 1) continue;
                yield return null;
                yield break;
            }
        }
    }

    private static bool Add(string rest, string before, List<string> names)
    {
        var open = rest.IndexOf('[', StringComparison.Ordinal);
        if (open < 0)
        {
            names.Add(before + rest);
            return names.Count <= Most;
        }

        var close = rest.IndexOf(']', open);
        if (close < 0) return false;
        foreach (var range in rest[(open + 1)..close].Split(','))
        {
            var ends = range.Split('-', 2);
            if (ends[0].Length > MostDigits || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last) || last < first || last - first > Most) return false;
            for (var number = first; number <= last; number++)
            {
                var digits = number.ToString(CultureInfo.InvariantCulture).PadLeft(ends[0].Length, '0');
                if (!Add(rest[(close + 1)..], before + rest[..open] + digits, names)) return false;
            }
        }

        return true;
    }
}
