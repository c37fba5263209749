using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters;

public sealed class PromtoolTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("forewarn-promtool-");

    public void Dispose() => _folder.Delete(recursive: true);

    [DebianFact("promtool", "prometheus")]
    public async Task Promtool_has_nothing_to_say_about_the_text_format()
    {
        var (exitCode, output) = await Promtool.RunAsync(["check", "metrics"], TwoCards.Build().Scrape());
        Assert.Equal("", output);
        Assert.Equal(0, exitCode);
    }

    [DebianFact("promtool", "prometheus")]
    public async Task Promtool_would_say_so_if_something_were_wrong()
    {
        var (exitCode, output) = await Promtool.RunAsync(["check", "metrics"], "# HELP x_counter h\n# TYPE x_counter counter\nx_counter 1\n");
        Assert.Contains("x_counter", output, StringComparison.Ordinal);
        Assert.NotEqual(0, exitCode);
    }

    /// <summary>Prometheus' own OpenMetrics parser, which promtool offers for back-filling only; that wants a time on every line.</summary>
    [DebianFact("promtool", "prometheus")]
    public async Task Prometheus_reads_the_OpenMetrics_format()
    {
        var lines = TwoCards.Build().Scrape(ExpositionFormat.OpenMetrics).TrimEnd('\n').Split('\n');
        var samples = lines.Count(line => !line.StartsWith('#'));
        var timed = lines.Select(line => line.StartsWith('#') ? line : line + " 1700000000");
        var file = Path.Combine(_folder.FullName, "scrape");
        await File.WriteAllTextAsync(file, string.Join('\n', timed) + "\n");

        var data = Path.Combine(_folder.FullName, "data");
        var (exitCode, output) = await Promtool.RunAsync(["tsdb", "create-blocks-from", "openmetrics", file, data]);
        Assert.True(exitCode == 0, output);

        var meta = await File.ReadAllTextAsync(Directory.EnumerateFiles(data, "meta.json", SearchOption.AllDirectories).Single());
        Assert.Contains($"\"numSeries\": {samples},", meta, StringComparison.Ordinal);
    }
}
