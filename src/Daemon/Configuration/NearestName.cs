namespace Forewarn.Daemon.Configuration;

/// <summary>Finds what a person may have meant by a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>The candidate with the fewest letters to change, or null when none is near: a wild guess misleads.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        var most = Math.Max(1, name.Length / 3);
        return candidates
            .Select(candidate => (candidate, distance: Distance(name, candidate)))
            .Where(pair => pair.distance <= most)
            .OrderBy(pair => pair.distance)
            .Select(pair => pair.candidate)
            .FirstOrDefault();
    }

    /// <summary>" (did you mean …?)" or nothing.</summary>
    public static string Suggest(string name, IEnumerable<string> candidates) =>
        Find(name, candidates) is { } nearest ? $" (did you mean {nearest}?)" : "";

    // Levenshtein's distance in one row; case does not count, since that is the likeliest slip.
    private static int Distance(string left, string right)
    {
        var row = new int[right.Length + 1];
        for (var column = 0; column <= right.Length; column++)
        {
            row[column] = column;
        }

        for (var line = 1; line <= left.Length; line++)
        {
            var diagonal = row[0];
            row[0] = line;
            for (var column = 1; column <= right.Length; column++)
            {
                var same = char.ToLowerInvariant(left[line - 1]) == char.ToLowerInvariant(right[column - 1]);
                var next = Math.Min(Math.Min(row[column], row[column - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[column];
                row[column] = next;
            }
        }

        return row[right.Length];
    }
}
