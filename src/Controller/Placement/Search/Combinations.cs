namespace Forewarn.Controller.Placement.Search;

/// <summary>All ways to choose some of several places, those with the first places first.</summary>
internal static class Combinations
{
    public static IEnumerable<int[]> Of(int all, int count)
    {
        var chosen = Enumerable.Range(0, count).ToArray();
        while (true)
        {
            yield return [.. chosen];
            var at = count - 1;
            while (at >= 0 && chosen[at] == all - count + at) at--;
            if (at < 0) yield break;
            chosen[at]++;
            for (var next = at + 1; next < count; next++) chosen[next] = chosen[next - 1] + 1;
        }
    }
}
