using System.Collections.Immutable;
using System.Globalization;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>Slurm's words for generic resources, as far as they are cards: <c>gpu:h100:8(S:0-1)</c>, <c>gpu:2(IDX:0,3)</c>.</summary>
/// <param name="Type">What kind of card; empty when the site names none.</param>
/// <param name="Count">How many.</param>
/// <param name="Indices">Which, where it is told.</param>
internal sealed record SlurmCards(string Type, int Count, ImmutableArray<int> Indices)
{
    private const string Gres = "gpu";
    private const string Index = "IDX:";

    /// <summary>No cards.</summary>
    public static SlurmCards None { get; } = new("", 0, []);

    /// <summary>All kinds of card in the text together; other resources are passed over.</summary>
    public static SlurmCards Read(string text)
    {
        var all = None;
        foreach (var part in Parts(text))
        {
            var open = part.IndexOf('(', StringComparison.Ordinal);
            var fields = (open < 0 ? part : part[..open]).Split(':');
            if (fields[0] != Gres) continue;
            if (fields.Length is < 2 or > 3 || !int.TryParse(fields[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                throw new FormatException($"gres {text} is not understood");
            all = new(fields.Length == 3 ? fields[1] : all.Type, all.Count + count, [.. all.Indices, .. open < 0 ? [] : Which(part[(open + 1)..].TrimEnd(')'))]);
        }

        return all;
    }

    private static ImmutableArray<int> Which(string text)
        => text.StartsWith(Index, StringComparison.Ordinal) && HostList.Expand($"[{text[Index.Length..]}]") is { } names
            ? [.. names.Select(name => int.Parse(name, CultureInfo.InvariantCulture))] : [];

    // Commas within parentheses are not between resources.
    private static IEnumerable<string> Parts(string text)
    {
        var (start, depth) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (i > start) yield return text[start..i];
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            }
        }
    }
}
