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
