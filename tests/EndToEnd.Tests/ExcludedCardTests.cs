using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A card that the driver was told to leave alone (NVreg_ExcludedGpus): on the bus, and nobody's to use or to read.</summary>
public sealed class ExcludedCardTests
{
    // Driver 450 cannot be asked for such cards; what the kernel module says in /proc is read.
    [Theory]
    [InlineData("r450", "a100-8")]
    [InlineData("r550", "h100-8")]
    public async Task It_is_told_as_that_with_its_uuid_and_neither_missed_nor_ill(string driver, string profile)
    {
        using var folder = new TemporaryFolder();
        var scenario = folder.Write("excluded.scenario", $"profile {profile}\ndriver {driver}\nat 0s gpu 3 excluded set 1\n");
        await using var agent = await AgentUnderTest.StartAsync(scenario, "Sampling.Slow=2s");
        await agent.UntilAsync(TimeSpan.FromSeconds(20), "seven are measured", devices => devices.Count(device => device.Presence == "Measured") == 7);
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(5), "seven of seven are found", source => source is { Expected: 7, Found: 7 });

        var card = (await agent.DevicesAsync()).Single(device => device.Presence != "Measured");
        Assert.Equal(("Excluded", "Excluded"), (card.Presence, card.Reason));
        Assert.StartsWith("GPU-", card.Id, StringComparison.Ordinal);

        var scrape = await agent.ScrapeAsync();
        Assert.Equal(1, scrape.One("forewarn_device_presence", ("uuid", card.Id), ("state", "excluded")));
        Assert.Equal(0, scrape.One("forewarn_device_up", ("uuid", card.Id)));
        Assert.Equal((7, 7), (scrape.One("forewarn_devices_expected"), scrape.One("forewarn_devices_found")));

        Assert.Contains("7 of 7 devices measured, 1 excluded", await SaysAsync(agent, "status"), StringComparison.Ordinal);
        foreach (var said in new[] { await SaysAsync(agent, "status"), await SaysAsync(agent, "explain", card.PciAddress) })
        {
            Assert.Contains("Excluded since", said, StringComparison.Ordinal);
            Assert.Contains("(NVreg_ExcludedGpus)", said, StringComparison.Ordinal);
        }

        await Eventually.TrueAsync(async () => (await SaysAsync(agent, "check")).Contains("7 of 7 devices healthy, 1 excluded", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20), "the others are judged");

        var doctor = await DoctorUnderTest.OfAsync(agent, "--json");
        Assert.Equal("Ok", doctor.One("devices").Severity);
        Assert.Contains(card.PciAddress, doctor.One("excluded cards").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_is_excluded_later_is_so_from_the_next_load_of_the_driver_and_measured_again_from_the_next_but_one()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=2s");
        await agent.UntilAllMeasuredAsync();
        var id = (await agent.DeviceAsync(3)).Id;

        await agent.InjectAsync("gpu 3 excluded set 1");
        await agent.InjectAsync("node driver reload for 2s");
        await agent.UntilAsync(TimeSpan.FromSeconds(30), "it is excluded and the others are measured",
            devices => devices.Count == 8 && devices.All(device => device.Presence == (device.Id == id ? "Excluded" : "Measured")));
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(5), "seven of seven are found", source => source is { Expected: 7, Found: 7 });

        await agent.InjectAsync("gpu 3 excluded set 0");
        await agent.InjectAsync("node driver reload for 2s");
        await agent.UntilAllMeasuredAsync(TimeSpan.FromSeconds(30));
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(5), "eight of eight are found", source => source is { Expected: 8, Found: 8 });
    }

    private static async Task<string> SaysAsync(AgentUnderTest agent, params string[] words)
    {
        await using var command = await RealProgram.RunAsync(Product.Program, [.. words, "--socket", agent.SocketPath], "", TimeSpan.FromSeconds(20));
        return command.Output;
    }
}
