using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>An operator needs the devices for himself: to upgrade the driver, reset a card, change MIG.</summary>
public sealed class ReleaseTests
{
    [Fact]
    public async Task Released_devices_are_held_by_no_process_until_they_are_resumed()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        Assert.NotEmpty(Users(agent));

        Assert.Equal(0, await ForewarnAsync(agent, "release"));
        await Eventually.TrueAsync(() => agent.Probes.Count == 0 && Users(agent).Count == 0, TimeSpan.FromSeconds(3),
            "no process uses the library");
        await agent.UntilAsync(TimeSpan.FromSeconds(2), "every device is excluded",
            devices => devices.All(device => device.Presence == "Excluded"));
        Assert.Equal("Released", (await agent.SourceAsync()).State);
        Assert.Empty((await agent.ScrapeAsync()).ReadingsOf(0));
        await Pause.ForAsync(TimeSpan.FromSeconds(3)); // nothing brings it back by itself
        Assert.Empty(agent.Probes);

        Assert.Equal(0, await ForewarnAsync(agent, "resume"));
        await agent.UntilAllMeasuredAsync();
    }

    [Fact]
    public async Task A_resume_that_nothing_needs_changes_nothing()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        var probe = agent.MainProbe;

        Assert.Equal(0, await ForewarnAsync(agent, "resume"));
        await Pause.ForAsync(TimeSpan.FromSeconds(1));

        Assert.Equal("Running", (await agent.SourceAsync()).State);
        Assert.Equal(probe, agent.MainProbe);
    }

    /// <summary>Who has the simulated node's files mapped: its library does. The node itself is none of its users.</summary>
    private static List<int> Users(AgentUnderTest agent) =>
        [
            .. Processes.ThatMap(agent.SimulatedRoot)
                .Where(pid => Processes.CommandLine(pid) is [var program, ..] && !program.EndsWith("forewarn-simnode", StringComparison.Ordinal)),
        ];

    private static async Task<int> ForewarnAsync(AgentUnderTest agent, string verb)
    {
        await using var command = await RealProgram.RunAsync(Product.Program, [verb, "--socket", agent.SocketPath], "",
            TimeSpan.FromSeconds(10));
        return await command.Ended;
    }
}
