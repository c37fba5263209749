using System.Text.RegularExpressions;
using Forewarn.Predict.Rules;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

/// <summary>
/// What is written down of every scenario (<c>make explain</c>) against the rules of today: to play all scenarios takes a quarter of an hour, and words that
/// were changed since show at once.
/// </summary>
public partial class ExplainedScenarioTests
{
    private const int Patience = 1000;

    public static TheoryData<string> Scenarios => [.. Directory.GetFiles(Folder, "*.txt").Select(file => Path.GetFileName(file))];

    private static string Folder => Path.Combine(Repository.Root, "tests", "EndToEnd.Tests", "golden", "explain");

    [Theory]
    [MemberData(nameof(Scenarios))]
    public void The_words_of_each_finding_are_those_of_its_rule(string file)
    {
        var path = Path.Combine(Folder, file);
        if (Environment.GetEnvironmentVariable("FOREWARN_UPDATE_GOLDEN") == "1") File.WriteAllText(path, WithWordsOfToday(File.ReadAllText(path)));
        var text = File.ReadAllText(path);
        foreach (var finding in text.Split("\n\n").Where(static part => Heading().IsMatch(part)))
        {
            var (title, rule) = (Heading().Match(finding).Groups["title"].Value, Heading().Match(finding).Groups["rule"].Value);
            var sheet = Sheet(rule);
            Assert.Equal(sheet.Title, title);
            Assert.Contains($"\n   means      {sheet.Doc}\n", finding, StringComparison.Ordinal);
            if (!finding.Contains("; from: it ", StringComparison.Ordinal)) Assert.Contains(WithoutNumbers($"; from: {sheet.ProbabilityOrigin}\n"), WithoutNumbers(finding), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Nearly_all_scenarios_have_a_finding()
        => Assert.InRange(Directory.GetFiles(Folder, "*.txt").Count(static file => Heading().IsMatch(File.ReadAllText(file))), 20, int.MaxValue);

    private static RuleSheet Sheet(string rule)
    {
        var sheet = RuleList.All.Select(static one => one.Sheet).SingleOrDefault(one => one.Name == rule);
        Assert.True(sheet is not null, $"there is no rule {rule}");
        return sheet;
    }

    private static string WithWordsOfToday(string text) => string.Join("\n\n", text.Split("\n\n").Select(static part =>
    {
        if (!Heading().IsMatch(part)) return part;
        var sheet = Sheet(Heading().Match(part).Groups["rule"].Value);
        return string.Join('\n', part.Split('\n').Select(line => line.StartsWith("   means ", StringComparison.Ordinal) ? $"   means      {sheet.Doc}" : line));
    }));

    // As the scenarios were written down: a number there may be one that was measured.
    private static string WithoutNumbers(string text) => Number().Replace(text, "#");

    [GeneratedRegex(@"\bN\b|\d+(\.\d+)?", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Number();

    [GeneratedRegex(@"^\d+\. \w+(, [^:]+)?: (?<title>.+) \((?<rule>[a-z0-9-]+)( -?\d+)?\)$", RegexOptions.ExplicitCapture | RegexOptions.Multiline, Patience)]
    private static partial Regex Heading();
}
