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
        var scrape = await agent.ScrapeAsync();
        Assert.Equal(0, await agent.StopAsync(TimeSpan.FromSeconds(10)));
        await http.GetAsync("internal/force_flush");

        Assert.Equal(0, scrape.All("forewarn_exporter_points_dropped_total").Sum());
        var metrics = await http.GetStringAsync("metrics");
        Assert.Contains("vm_rows_invalid_total{type=\"influx\"} 0", metrics, StringComparison.Ordinal);
        for (var index = 0; index < AgentUnderTest.Gpus; index++)
        {
            var times = await TimesAsync(http, $"forewarn_device_power_watts{{index=\"{index}\",vendor=\"nvidia\"}}");
            Assert.True(times.Count >= 3, $"card {index} has {times.Count} points");
            Assert.Equal(times.Distinct().Order(), times);
        }
    }

    private static double Written(Scrape scrape) => scrape.One("forewarn_exporter_points_written_total", ("exporter", "influx"));

    private static async Task<IReadOnlyList<long>> TimesAsync(HttpClient http, string series)
    {
        var line = await http.GetStringAsync($"api/v1/export?match[]={Uri.EscapeDataString(series)}");
        using var answer = JsonDocument.Parse(line.Trim().Length > 0 ? line : "{\"timestamps\":[]}");
        return [.. answer.RootElement.GetProperty("timestamps").EnumerateArray().Select(time => long.Parse(time.GetRawText(), CultureInfo.InvariantCulture))];
    }
}
