using System.Text.Json;
using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>The Prometheus that Debian ships, reading the agent.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public async Task Prometheus_scrapes_for_a_minute_without_an_error()
    {
        using var folder = new TemporaryFolder();
        var (agentPort, port) = (FreePort.Next(), FreePort.Next());
        await using var agent = await AgentUnderTest.StartAsync(new AgentStart { Listen = $"127.0.0.1:{agentPort}" });
        await agent.UntilAllMeasuredAsync();
        var config = folder.Write("prometheus.yml", $$"""
            global: {scrape_interval: 1s, scrape_timeout: 1s}
            scrape_configs:
              - job_name: forewarn
                static_configs: [{targets: ["127.0.0.1:{{agentPort}}"]}]
            """);
        await using var prometheus = RealProgram.Start("prometheus",
        [
            $"--config.file={config}", $"--storage.tsdb.path={folder.Path}/data", $"--web.listen-address=127.0.0.1:{port}",
            "--log.level=warn",
        ]);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        await Eventually.TrueAsync(() => IsReadyAsync(http), TimeSpan.FromSeconds(30), "prometheus is ready", () => prometheus.Errors);

        await Pause.ForAsync(TimeSpan.FromSeconds(60));

        Assert.True(await OneAsync(http, "count_over_time(up[60s])") >= 50, "there were scrapes");
        Assert.Equal(1, await OneAsync(http, "min_over_time(up[60s])"));
        Assert.Equal(8, await OneAsync(http, "sum(forewarn_device_up)"));
        Assert.True(await OneAsync(http, "scrape_samples_scraped") > 1000);
        Assert.Equal(0, await OneAsync(http,
            "max_over_time(scrape_samples_scraped[55s]) - max_over_time(scrape_samples_post_metric_relabeling[55s])"));
        // Reported by Prometheus itself: timestamps out of order or doubled, and bodies it could not read.
        Assert.All(await TargetsAsync(http), target => Assert.Equal(("up", ""), target));
        Assert.Equal("", prometheus.Errors);
    }

    private static async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync("-/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<double> OneAsync(HttpClient http, string query)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync($"api/v1/query?query={Uri.EscapeDataString(query)}"));
        var results = answer.RootElement.GetProperty("data").GetProperty("result");
        Assert.True(results.GetArrayLength() == 1, $"{query}: {answer.RootElement}");
        return double.Parse(results[0].GetProperty("value")[1].GetString()!, System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<IReadOnlyList<(string Health, string Error)>> TargetsAsync(HttpClient http)
    {
        using var answer = JsonDocument.Parse(await http.GetStringAsync("api/v1/targets"));
        return
        [
            .. answer.RootElement.GetProperty("data").GetProperty("activeTargets").EnumerateArray()
                .Select(target => (target.GetProperty("health").GetString()!, target.GetProperty("lastError").GetString()!)),
        ];
    }
}
