using System.Text.RegularExpressions;

namespace Forewarn.Daemon.Tests.Exporters;

/// <summary>A scrape taken apart: families in their order with type and samples.</summary>
internal sealed partial record Exposition(IReadOnlyList<ExposedFamily> Families)
{
    public static Exposition Parse(string text)
    {
        var families = new List<ExposedFamily>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Type().Match(line) is { Success: true } type)
                families.Add(new(type.Groups["name"].Value, type.Groups["type"].Value, []));
            else if (!line.StartsWith('#'))
                families[^1].Samples.Add(Parsed(line));
        }

        return new(families);
    }

    private static ExposedSample Parsed(string line)
    {
        var sample = SampleLine().Match(line);
        Assert.True(sample.Success, $"not a sample: {line}");
        var keys = sample.Groups["key"].Captures.Select(key => key.Value);
        var series = line[..line.LastIndexOf(' ')];
        return new(sample.Groups["name"].Value, series, [.. keys], sample.Groups["value"].Value);
    }

    [GeneratedRegex("^# TYPE (?<name>\\S+) (?<type>\\S+)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Type();

    [GeneratedRegex(
        """^(?<name>[a-z0-9_]+)(\{((?<key>[a-z_]+)="([^"\\\n]|\\["\\n])*",?)+\})? (?<value>\S+)$""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SampleLine();
}

internal sealed record ExposedFamily(string Name, string Type, List<ExposedSample> Samples);

internal sealed record ExposedSample(string Name, string Series, IReadOnlyList<string> Keys, string Value);
