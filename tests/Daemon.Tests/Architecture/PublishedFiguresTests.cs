using System.Globalization;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Architecture;

/// <summary>Every figure in a README comes from `make bench`: bench/measure/quote.py writes them from the newest results.</summary>
public class PublishedFiguresTests
{
    private const string Begin = "<!-- figures of make bench";
    private const string DateFact = "- date: ";
    private const string End = "<!-- end of the figures -->";

    [Theory]
    [InlineData("README.md")]
    [InlineData("README.zh-CN.md")]
    public void Figures_stand_in_the_newest_results(string readme)
    {
        var newest = Directory.EnumerateFiles(Path.Combine(Repository.Root, "bench/results"), "*.md").MaxBy(MeasuredAt)!;
        var measured = Cells(File.ReadAllText(newest)).ToHashSet();
        var block = Block(File.ReadAllText(Path.Combine(Repository.Root, readme)));

        Assert.Contains($"({Path.GetRelativePath(Repository.Root, newest)})", block, StringComparison.Ordinal);
        // The first cell of a row is what the reader calls it, the last the verdict in the reader's language.
        var quoted = Rows(block).SelectMany(row => row[1..^1]).Where(cell => cell.Any(char.IsDigit)).ToList();
        Assert.NotEmpty(quoted);
        Assert.All(quoted, cell => Assert.Contains(cell, measured));
    }

    private static string Block(string text)
    {
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        return text[begin..text.IndexOf(End, begin, StringComparison.Ordinal)];
    }

    private static IEnumerable<string> Cells(string text) => Rows(text).SelectMany(row => row);

    private static IEnumerable<string[]> Rows(string text) => text.Split('\n')
        .Where(line => line.StartsWith('|'))
        .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries));

    /// <summary>The name has the day alone.</summary>
    private static DateTimeOffset MeasuredAt(string path)
    {
        var date = File.ReadLines(path).Single(line => line.StartsWith(DateFact, StringComparison.Ordinal))[DateFact.Length..];
        return DateTimeOffset.ParseExact(date, "yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
    }
}
