using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>The vendor's library and driver come and go under a running agent.</summary>
public sealed class LibraryTests
{
    [Fact]
    public async Task A_library_that_is_missing_is_named_and_used_once_it_appears()
    {
        using var folder = new TemporaryFolder();
        var scenario = folder.Write("missing.scenario", "profile h100-8\nat 0s node library missing\n");
        await using var agent = await AgentUnderTest.StartAsync(scenario);

        await agent.UntilSourceAsync(TimeSpan.FromSeconds(10), "the library is missed",
            source => source is { State: "Unavailable", Reason: "LibraryMissing" });
        Assert.Contains("libnvidia-ml.so.1", (await agent.SourceAsync()).Detail!, StringComparison.Ordinal);
        var scrape = await agent.ScrapeAsync();
        Assert.Equal(0, scrape.One("forewarn_source_up"));
        Assert.Equal(1, scrape.One("forewarn_source_state", ("state", "unavailable")));

        await agent.InjectAsync("node library present");
        await agent.UntilAllMeasuredAsync(TimeSpan.FromSeconds(40)); // it is looked for every 30 s at the latest
        Assert.True(agent.Program.IsRunning);
    }

    [Fact]
    public async Task Devices_that_should_be_there_are_expected_even_when_nothing_can_be_read()
    {
        using var folder = new TemporaryFolder();
        var scenario = folder.Write("missing.scenario", "profile h100-8\nat 0s node library missing\n");
        await using var agent = await AgentUnderTest.StartAsync(scenario, "Source.nvml.Expected=8");

        await agent.UntilSourceAsync(TimeSpan.FromSeconds(10), "the library is missed", source => source is { State: "Unavailable" });

        var scrape = await agent.ScrapeAsync();
        Assert.Equal(8, scrape.One("forewarn_devices_expected"));
        Assert.Equal(0, scrape.One("forewarn_devices_found"));
    }

    [Theory]
    [InlineData("at 0s node library missing", null, "nvml finds 0 of 8 devices; its library is not installed", "libnvidia-ml.so.1")]
    [InlineData("driver r470", "node library r550", "nvml finds 0 of 8 devices; its driver is not loaded, or of another version than the library", "systemctl reboot")]
    public async Task While_nothing_can_be_read_explain_says_why(string line, string? fault, string what, string also)
    {
        using var folder = new TemporaryFolder();
        await using var agent = await AgentUnderTest.StartAsync(folder.Write("broken.scenario", $"profile h100-8\n{line}\n"), "Rule.device-count.Grace=0");
        if (fault is not null)
        {
            await agent.UntilAllMeasuredAsync();
            await agent.InjectAsync(fault);
            Processes.Signal(agent.MainProbe!.Value, Processes.Kill); // it had the library that fits
        }

        await agent.UntilSourceAsync(TimeSpan.FromSeconds(40), "nothing is read", source => source is { State: "Unavailable" });
        var said = "";
        await Eventually.TrueAsync(async () => (said = await ExplainAsync(agent)).Contains(what, StringComparison.Ordinal), TimeSpan.FromSeconds(90), "explain says it", () => said);
        Assert.Contains(also, said, StringComparison.Ordinal);
        Assert.Contains("Degraded", said, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing is found", said, StringComparison.Ordinal);
    }

    private static async Task<string> ExplainAsync(AgentUnderTest agent)
    {
        await using var explain = RealProgram.Start(Product.Program, ["explain", "node", "--socket", agent.SocketPath], new Dictionary<string, string> { ["COLUMNS"] = "500" });
        await explain.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        return explain.Output;
    }

    [Fact]
    public async Task A_library_that_vanishes_while_it_is_used_is_missed_when_a_probe_starts_next()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("node library missing");
        Processes.Signal(agent.MainProbe!.Value, Processes.Kill);

        await agent.UntilAsync(TimeSpan.FromSeconds(10), "every device says why it is not measured",
            devices => devices.Count(device => device is { Presence: "Unknown", Reason: "LibraryMissing" }) == AgentUnderTest.Gpus);

        await agent.InjectAsync("node library present");
        await agent.UntilAllMeasuredAsync();
    }
}
