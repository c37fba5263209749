using System.Globalization;
using System.Text.Json;
using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>The VictoriaMetrics that Debian ships, written to in both of the ways that it takes.</summary>
public sealed class VictoriaMetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DebianTheory("victoria-metrics", "victoria-metrics")]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Series_have_the_names_of_a_scrape_and_every_sample_is_there_once(string api)
    {
        var port = FreePort.Next();
        await using var server = RealProgram.Start("victoria-metrics",
        [
            $"-storageDataPath={_folder.Path}/data", $"-httpListenAddr=127.0.0.1:{port}", "-influxSkipSingleField", "-search.latencyOffset=0s",
        ]);
        using var http = new HttpClient(new HttpClientHandler { UseProxy = false }) { BaseAddress = new($"http://127.0.0.1:{port}/") };
        await using var agent = await AgentUnderTest.StartAsync(new AgentStart
        {
            Settings =
            [
                "Influx.Enabled=yes", $"Influx.Url=http://127.0.0.1:{port}", $"Influx.Api={api}", "Influx.Org=site", "Influx.Interval=1s",
            ],
        });
        await Eventually.TrueAsync(async () => Written(await agent.ScrapeAsync()) > 10_000, TimeSpan.FromSeconds(40), "points arrive",
            () => $"{agent.Program.Errors}\n{server.Errors}");
        var (before, rows, after) = (0.0, 0.0, 0.0);
        await Eventually.TrueAsync(
            async () =>
            {
                // Between two intervals, so that nothing arrives while it is counted.
                before = Written(await agent.ScrapeAsync());
                rows = Counter(await http.GetStringAsync("metrics"), "vm_protoparser_rows_read_total{type=\"influx\"}");
                after = Written(await agent.ScrapeAsync());
                return before == after && rows == after;
            },
            TimeSpan.FromSeconds(20), "what was written is what the server read", () => $"{before} points were written before {rows} rows were counted, and {after} after it");
        Assert.Equal(0, (await agent.ScrapeAsync()).All("forewarn_exporter_points_dropped_total").Sum());
        Assert.Equal(0, await agent.StopAsync(TimeSpan.FromSeconds(10)));
        await http.GetAsync("internal/force_flush");

        var metrics = await http.GetStringAsync("metrics");
        Assert.Equal(0, Counter(metrics, "vm_rows_invalid_total{type=\"influx\"}"));
        var series = await SeriesAsync(http);
        Assert.All(Enumerable.Range(0, AgentUnderTest.Gpus), index => Assert.Contains(series, one => one.Name == "forewarn_device_power_watts" && one.Index == $"{index}"));
        // Nothing is merged here: a sample that came twice would be there twice.
        Assert.All(series, one => Assert.Equal(one.Times.Distinct().Order(), one.Times));
        Assert.Equal(Counter(metrics, "vm_protoparser_rows_read_total{type=\"influx\"}"), series.Where(one => one.IsOneOfEachPoint).Sum(one => one.Times.Count));
    }

    private static double Written(Scrape scrape) => scrape.One("forewarn_exporter_points_written_total", ("exporter", "influx"));

    /// <summary>Of the server itself; its names have more letters than a scrape of ours.</summary>
    private static double Counter(string metrics, string series) => double.Parse(
        metrics.Split('\n').Single(line => line.StartsWith(series + " ", StringComparison.Ordinal))[series.Length..], CultureInfo.InvariantCulture);

    private static async Task<IReadOnlyList<Series>> SeriesAsync(HttpClient http)
    {
        // Without an end it is the last full second, and the newest samples are not shown.
        var end = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeSeconds();
        var lines = await http.GetStringAsync($"api/v1/export?match[]={Uri.EscapeDataString("{__name__!=\"\"}")}&end={end}");
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Series.Parse)];
    }

    /// <summary>What the server has of one series.</summary>
    private sealed record Series(string Name, string? Index, IReadOnlyList<long> Times)
    {
        /// <summary>Of the fields of a point that has several, each a series here, one is in every such point.</summary>
        public bool IsOneOfEachPoint => !(Name.Contains("_info_", StringComparison.Ordinal) || Name.Contains("_workload_", StringComparison.Ordinal))
            || Name.EndsWith("_simulated", StringComparison.Ordinal) || Name.EndsWith("_processes", StringComparison.Ordinal);

        public static Series Parse(string line)
        {
            using var json = JsonDocument.Parse(line);
            var metric = json.RootElement.GetProperty("metric");
            return new(
                metric.GetProperty("__name__").GetString()!,
                metric.TryGetProperty("index", out var index) ? index.GetString() : null,
                [.. json.RootElement.GetProperty("timestamps").EnumerateArray().Select(time => time.GetInt64())]);
        }
    }
}
