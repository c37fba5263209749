using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>What the first minute with Forewarn looks like. Measured alone: it is a promise about time.</summary>
[Collection(TimedAlone.Name)]
public sealed class StartTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Eight_devices_are_served_within_two_seconds_of_the_start_and_promtool_has_nothing_to_say()
    {
        var port = FreePort.Next();
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}/") };
        await using var agent = AgentUnderTest.Launch(new AgentStart { Listen = $"*:{port}", Settings = ["Prometheus.LinkSeries=true"] });

        var text = "";
        await Eventually.TrueAsync(async () => (text = await TryGetAsync(http)) is { } seen
            && Scrape.Parse(seen).All("forewarn_device_up") is { Count: 8 } up && up.All(one => one == 1),
            TimeSpan.FromSeconds(10), "eight devices are served", () => agent.Program.Errors);
        var took = TimeProvider.System.GetElapsedTime(agent.Program.Started);

        output.WriteLine($"eight devices after {took.TotalSeconds:0.00} s");
        await Eventually.TrueAsync(async () => Scrape.Parse(text = await TryGetAsync(http)).ReadingsOf(7).Contains("forewarn_link_up"),
            TimeSpan.FromSeconds(5), "the slow group was read, too");
        await using var promtool = await RealProgram.RunAsync("promtool", ["check", "metrics"], text, TimeSpan.FromSeconds(20));
        Assert.Equal(0, await promtool.Ended);
        Assert.Equal("", promtool.Output + promtool.Errors);
        Assert.True(took <= TimeSpan.FromSeconds(2), $"eight devices after {took.TotalSeconds:0.00} s");
    }

    private static async Task<string> TryGetAsync(HttpClient http)
    {
        try
        {
            return await http.GetStringAsync("metrics");
        }
        catch (HttpRequestException)
        {
            return ""; // not listening yet
        }
    }
}
