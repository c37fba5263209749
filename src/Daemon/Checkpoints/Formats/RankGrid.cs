using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// Shards that carry the ranks of who wrote them in their names: every combination of the ranks that occur must be there. The world's size is the highest
/// rank that was seen, over all kinds of shards; that the last rank of all is missing everywhere shows against the checkpoint before, or against a number that is told.
/// </summary>
internal static class RankGrid
{
    // Own figure: four times the largest cluster that is known; a forged rank of a billion must not be counted up to.
    private const long MostCombinations = 1 << 20;

    /// <summary>How many ranks there are by name of each dimension.</summary>
    /// <param name="inquiry">Takes what is missing.</param>
    /// <param name="paths">The shards.</param>
    /// <param name="ranks">Finds the ranks in a path; each named group is a dimension.</param>
    public static IReadOnlyDictionary<string, long> Judge(CheckpointInquiry inquiry, IEnumerable<string> paths, Regex ranks)
    {
        var kinds = new Dictionary<string, Kind>();
        var sizes = new Dictionary<string, long>();
        foreach (var path in paths)
        {
            if (Read(path, ranks) is not { } seen) continue;
            foreach (var (dimension, rank) in seen.Ranks) sizes[dimension] = Math.Max(sizes.GetValueOrDefault(dimension), rank + 1);
            if (!kinds.TryGetValue(seen.Template, out var kind)) kinds[seen.Template] = kind = new([.. seen.Ranks.Select(rank => rank.Dimension)], path, []);
            kind.Seen.Add(Key(seen.Ranks.Select(rank => rank.Rank)));
        }

        foreach (var kind in kinds.Values) Complete(inquiry, kind, sizes, ranks);
        return sizes;
    }

    private static void Complete(CheckpointInquiry inquiry, Kind kind, Dictionary<string, long> sizes, Regex ranks)
    {
        var combinations = kind.Dimensions.Aggregate(
            1L, (product, dimension) => product > MostCombinations ? product : product * Math.Min(sizes[dimension], MostCombinations + 1));
        if (combinations > MostCombinations)
        {
            inquiry.Refuse(kind.Example, CheckpointDefectKind.Invalid, "tells a rank higher than any cluster has");
            return;
        }

        var at = new long[kind.Dimensions.Length];
        for (var i = 0L; i < combinations; i++)
        {
            var rest = i;
            for (var place = at.Length - 1; place >= 0; place--) (rest, at[place]) = Math.DivRem(rest, sizes[kind.Dimensions[place]]);
            if (kind.Seen.Contains(Key(at))) continue;
            var others = string.Join(", ", kind.Dimensions.Select(dimension => $"{dimension} 0-{sizes[dimension] - 1}"));
            inquiry.Refuse(Name(kind.Example, ranks, at), CheckpointDefectKind.Missing, $"is missing: other files tell of {others}");
        }
    }

    private static (string Template, List<(string Dimension, long Rank)> Ranks)? Read(string path, Regex ranks)
    {
        var found = new List<(string, long)>();
        var template = new StringBuilder();
        var at = 0;
        foreach (var group in Groups(path, ranks))
        {
            if (!long.TryParse(group.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var rank)) return null;
            found.Add((group.Name, rank));
            template.Append(path, at, group.Index - at).Append('#');
            at = group.Index + group.Length;
        }

        return found.Count == 0 ? null : (template.Append(path, at, path.Length - at).ToString(), found);
    }

    /// <summary>The name that a file with other ranks has: numbers as wide as those of its like.</summary>
    private static string Name(string example, Regex ranks, long[] at)
    {
        var name = new StringBuilder();
        var (done, place) = (0, 0);
        foreach (var group in Groups(example, ranks))
        {
            name.Append(example, done, group.Index - done).Append(at[place++].ToString("D" + group.Length, CultureInfo.InvariantCulture));
            done = group.Index + group.Length;
        }

        return name.Append(example, done, example.Length - done).ToString();
    }

    private static IEnumerable<Group> Groups(string path, Regex ranks) =>
        ranks.Match(path).Groups.Values.Where(group => group.Success && !char.IsAsciiDigit(group.Name[0])).OrderBy(group => group.Index);

    private static string Key(IEnumerable<long> ranks) => string.Join(',', ranks);

    private sealed record Kind(string[] Dimensions, string Example, HashSet<string> Seen);
}
