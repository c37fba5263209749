using System.Globalization;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>What docs/decisions/013 says is not read: the first cells of its tables of functions, fields and metrics.</summary>
internal static class UnreadThings
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs/decisions/013-what-nvml-tells-and-nobody-reads.md"));

    public static IEnumerable<string> Functions() => Rows("functions").SelectMany(cell => cell.Split('`')).Where(word => word.StartsWith("nvml", StringComparison.Ordinal));

    public static IEnumerable<int> Fields() => Rows("fields").SelectMany(Numbers);

    public static IEnumerable<int> Metrics() => Rows("metrics").SelectMany(Numbers);

    private static IEnumerable<string> Rows(string head)
    {
        var rows = Lines.SkipWhile(line => !line.StartsWith($"| {head} |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|')).ToList();
        Assert.NotEmpty(rows);
        return rows.Select(row => row.Split('|')[1].Trim());
    }

    /// <summary><c>1, 3 to 5</c>.</summary>
    private static IEnumerable<int> Numbers(string cell)
    {
        foreach (var part in cell.Split(", "))
        {
            var ends = part.Split(" to ").Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToList();
            for (var id = ends[0]; id <= ends[^1]; id++) yield return id;
        }
    }
}
