using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Cards that fall off the bus, or answer only that they must be reset.</summary>
public sealed class LostDeviceTests
{
    [Fact]
    public async Task A_lost_card_is_told_as_lost_with_its_Xid_and_without_values()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=2s");
        await agent.UntilAllMeasuredAsync();
        await using var recorder = SweepRecorder.Start(agent);
        var uuid = (await agent.DeviceAsync(5)).Id;

        await agent.InjectAsync("gpu 5 lost");
        await agent.UntilDeviceAsync(5, TimeSpan.FromSeconds(5), "it is lost", device => device.Presence == "Lost");

        Assert.Equal("DeviceLost", (await agent.DeviceAsync(5)).Reason);
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(2), "seven of eight are found", source => source is { Expected: 8, Found: 7 });
        await Eventually.TrueAsync(
            async () => (await agent.ScrapeAsync()).All("forewarn_xid_errors_total", ("index", "5"), ("xid", "79")) is [1],
            TimeSpan.FromSeconds(5), "the Xid is counted");
        var scrape = await agent.ScrapeAsync();
        Assert.Equal(0, scrape.One("forewarn_device_up", ("index", "5")));
        Assert.Equal(1, scrape.One("forewarn_device_presence", ("index", "5"), ("state", "lost")));
        Assert.Equal((8, 7), (scrape.One("forewarn_devices_expected"), scrape.One("forewarn_devices_found")));
        Assert.Empty(scrape.ReadingsOf(5));

        await agent.InjectAsync("gpu 5 recovered");
        await agent.UntilAllMeasuredAsync();
        Assert.Equal(uuid, (await agent.DeviceAsync(5)).Id);
        await recorder.AssertAtMostTwoSweepsLostAsync(except: 5);
        Assert.NotEmpty((await agent.ScrapeAsync()).ReadingsOf(5));
    }

    [Fact]
    public async Task A_card_that_must_be_reset_says_so_and_is_measured_again_after_the_reset()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=2s");
        await agent.UntilAllMeasuredAsync();
        await using var recorder = SweepRecorder.Start(agent);

        await agent.InjectAsync("gpu 4 reset-required");
        await agent.UntilDeviceAsync(4, TimeSpan.FromSeconds(5), "it waits for a reset",
            device => device is { Presence: "Lost", Reason: "ResetRequired" });
        Assert.Empty((await agent.ScrapeAsync()).ReadingsOf(4));
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(2), "seven are found", source => source.Found == 7);
        await Pause.ForAsync(TimeSpan.FromSeconds(3)); // a slow sweep, after which the agent looks for what fell silent

        await agent.InjectAsync("gpu 4 reset");
        await agent.UntilAllMeasuredAsync();
        await recorder.AssertAtMostTwoSweepsLostAsync(except: 4);
    }

    [Fact]
    public async Task A_card_lost_before_the_agent_starts_again_is_still_known_and_missed()
    {
        using var folder = new TemporaryFolder();
        await using var node = await SimulatedNodeUnderTest.StartAsync();
        var start = node.Agent with { Folder = folder };
        string uuid;
        await using (var first = await AgentUnderTest.StartAsync(start))
        {
            await first.UntilAllMeasuredAsync();
            uuid = (await first.DeviceAsync(1)).Id;
        }

        await SimulatedNodeUnderTest.RequestAsync(node.Root, "inject gpu 1 lost");
        await using var second = await AgentUnderTest.StartAsync(start);
        await second.UntilAsync(TimeSpan.FromSeconds(20), "it is known and lost",
            devices => devices.Any(device => device.Id == uuid && device.Presence == "Lost"));
        await second.UntilSourceAsync(TimeSpan.FromSeconds(5), "seven of eight are found", source => source is { Expected: 8, Found: 7 });
    }
}
