using Forewarn.EndToEnd.Tests.Kit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Cards that are cut into MIG devices, as profile h100-8-mig has them: 22 on six cards.</summary>
public sealed class PartitionTests
{
    private const int Parts = 22;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Parts_are_devices_of_their_own_under_their_card_and_count_as_no_cards()
    {
        await using var agent = await StartAsync();
        await agent.UntilSourceAsync(Patience, "eight cards are expected and found", source => source is { Expected: 8, Found: 8 });
        var devices = await agent.DevicesAsync();
        var card = await agent.DeviceAsync(0);
        var parts = devices.Where(device => device.Parent == card.Id).ToList();
        Assert.Equal(Enumerable.Range(0, 7), parts.Select(part => part.Index!.Value));
        Assert.All(parts, part => Assert.Equal((card.PciAddress, "1g.10gb"), (part.PciAddress, part.Profile)));
        Assert.All(parts, part => Assert.StartsWith("MIG-", part.Id, StringComparison.Ordinal));

        var scrape = await agent.ScrapeAsync();
        Assert.All(parts, part => Assert.InRange(
            scrape.All("forewarn_device_memory_bytes", ("uuid", part.Id)).Sum(), 9e9, 12e9));
        Assert.Equal(7, scrape.All("forewarn_device_info", ("parent", card.Id), ("profile", "1g.10gb")).Count);
        // Absent, not zero: the card does not tell it while it is cut up.
        Assert.Empty(scrape.All("forewarn_device_utilization_ratio", ("uuid", card.Id), ("engine", "gpu")));
        Assert.NotEmpty(scrape.All("forewarn_device_temperature_celsius", ("uuid", card.Id), ("sensor", "gpu")));
    }

    [Fact]
    public async Task A_part_that_is_taken_away_is_removed_and_not_lost()
    {
        await using var agent = await StartAsync();
        var card = await agent.DeviceAsync(0);
        var gone = (await agent.DevicesAsync()).First(device => device.Parent == card.Id);

        await agent.InjectAsync($"gpu 0 mig destroy {gone.Instance}");
        await agent.UntilAsync(Patience, "the part is no more", devices => devices.All(device => device.Id != gone.Id));
        await agent.UntilAsync(Patience, "the others are measured", devices => MeasuredParts(devices) == Parts - 1);

        await agent.UntilLoggedAsync("was removed", TimeSpan.FromSeconds(2));
        Assert.Empty((await agent.ScrapeAsync()).All("forewarn_device_up", ("uuid", gone.Id)));
        await agent.UntilSourceAsync(Patience, "no card is missed", source => source is { Expected: 8, Found: 8 });

        await agent.InjectAsync("gpu 0 mig create 1g.10gb");
        await agent.UntilAsync(Patience, "the new part is measured", devices => MeasuredParts(devices) == Parts);
    }

    [Fact]
    public async Task Parts_follow_a_card_that_is_lost_and_one_that_hangs()
    {
        await using var agent = await StartAsync();
        var (lost, hung) = ((await agent.DeviceAsync(1)).Id, (await agent.DeviceAsync(2)).Id);
        await agent.InjectAsync("gpu 1 lost");
        await agent.InjectAsync("gpu 2 hang nvmlDeviceGetMemoryInfo_v2 for 60s");
        await agent.UntilAsync(Patience, "the lost card's parts are lost", devices => All(devices, lost, "Lost"));
        await agent.UntilAsync(Patience, "the hung card's parts are stalled", devices => All(devices, hung, "Stalled"));
        await agent.UntilAsync(Patience, "the others are measured", devices => devices
            .Where(device => device.Id != lost && device.Id != hung && device.Parent != lost && device.Parent != hung).All(device => device.Presence == "Measured"));

        static bool All(IReadOnlyList<DeviceAnswer> devices, string card, string presence)
            => devices.Where(device => device.Id == card || device.Parent == card).All(device => device.Presence == presence);
    }

    private static int MeasuredParts(IReadOnlyList<DeviceAnswer> devices)
        => devices.Count(device => device is { Parent: not null, Presence: "Measured" });

    private static async Task<AgentUnderTest> StartAsync()
    {
        var agent = await AgentUnderTest.StartAsync("h100-8-mig", "Sampling.Slow=2s", "Sampling.Processes=1s");
        await agent.UntilAsync(Patience, "all parts are measured", devices => MeasuredParts(devices) == Parts);
        return agent;
    }
}
