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

    // gres.conf(5): parts of cards, which a job holds as it would hold the card.
    private static readonly string[] Parts = [Gres, "shard", "mps"];

    private const string Index = "IDX:";

    /// <summary>No cards.</summary>
    public static SlurmCards None { get; } = new("", 0, []);

    /// <summary>All kinds of card in the text together; other resources are passed over. Null when the text is not understood: what a job asks for is its user's text.</summary>
    public static SlurmCards? Read(string text)
    {
        var all = None;
        foreach (var part in Split(text))
        {
            var open = part.IndexOf('(', StringComparison.Ordinal);
            var fields = (open < 0 ? part : part[..open]).Split(':');
            if (fields[0] != Gres) continue;
            // sbatch(1), --gres: without a count it is one.
            var isCounted = int.TryParse(fields[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count);
            var isTyped = fields.Length == (isCounted ? 3 : 2);
            if (!isTyped && fields.Length != (isCounted ? 2 : 1)) return null;
            all = new(isTyped ? fields[1] : all.Type, all.Count + (isCounted ? count : 1), [.. all.Indices, .. open < 0 ? [] : Which(part[(open + 1)..].TrimEnd(')'))]);
        }

        return all;
    }

    /// <summary>The text speaks of cards, or parts of cards, in whatever form.</summary>
    public static bool AreIn(string text) => Parts.Any(part => text.Contains(part, StringComparison.Ordinal));

    private static ImmutableArray<int> Which(string text)
        => text.StartsWith(Index, StringComparison.Ordinal) && HostList.Expand($"[{text[Index.Length..]}]") is { } names
            ? [.. names.Select(name => int.Parse(name, CultureInfo.InvariantCulture))] : [];

    // Commas within parentheses are not between resources.
    private static IEnumerable<string> Split(string text)
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
