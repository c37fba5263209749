using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Tests.Configuration;

public class ConfigurationTextTests
{
    [Fact]
    public void The_documented_file_with_every_line_switched_on_gives_the_defaults()
    {
        // A setting without a written default (the host name) stays a comment.
        var lines = ConfigurationText.Defaults(ConfigurationCase.Catalog).Split('\n');
        var text = string.Join('\n', lines.Select(line => line is ['#', >= 'A' and <= 'Z', .., not '='] ? line[1..] : line));
        using var written = ConfigurationCase.Of(text);
        using var empty = new ConfigurationCase();

        Assert.Equal(WithoutOrigins(empty.Load().Values), WithoutOrigins(written.Load().Values));
        Assert.Empty(written.Load().Errors);
        Assert.EndsWith("forewarn.conf", written.Load().Values.Origin(SettingCatalog.Inventory).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documented_file_says_meaning_range_and_default()
    {
        Assert.Contains(
            """
            # How often each group of signals is read. Durations: 250ms 1s 10m 2h 1d.
            [Sampling]
            # How often utilisation, power, temperatures, clocks and the like are read.
            # Must be between 50ms and 1m.
            #Fast=1s
            """,
            ConfigurationText.Defaults(ConfigurationCase.Catalog),
            StringComparison.Ordinal);
        Assert.Contains("Default: the host name.\n#NodeName=\n", ConfigurationText.Defaults(ConfigurationCase.Catalog), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_in_force_is_shown_with_its_origin_and_can_be_read_back()
    {
        using var configuration = ConfigurationCase.Of("[Agent]\nListen=none\n[Source.beta]\nExpected=4\n").Set("Sampling.Fast=1500ms");
        var shown = ConfigurationText.Effective(ConfigurationCase.Catalog, configuration.Load().Values);

        Assert.Contains($"# {configuration.File}:2\nListen=none\n", shown, StringComparison.Ordinal);
        Assert.Contains("# --set\nFast=1500ms\n# default\nSlow=1m\n", shown, StringComparison.Ordinal);
        using var again = ConfigurationCase.Of(shown);
        Assert.Equal(WithoutOrigins(configuration.Load().Values), WithoutOrigins(again.Load().Values));
    }

    private static IEnumerable<string> WithoutOrigins(SettingValues values) =>
        ConfigurationText.Effective(ConfigurationCase.Catalog, values).Split('\n').Where(line => !line.StartsWith('#'));
}
