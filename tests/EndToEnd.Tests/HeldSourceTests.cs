using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A probe that cannot live.</summary>
public sealed class HeldSourceTests
{
    [Fact]
    public async Task A_probe_killed_every_second_is_held_and_named_so_and_is_back_a_minute_after_that_ends()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();

        // Longer than a hold: the one probe that is tried then is killed, too, and the source held once more.
        for (var second = 0; second < 40; second++)
        {
            if (agent.MainProbe is { } probe) Processes.Signal(probe, Processes.Kill);
            await Pause.ForAsync(TimeSpan.FromSeconds(1));
        }

        var held = await agent.SourceAsync();
        Assert.Equal("Held", held.State);
        Assert.Contains("SIGKILL", held.Detail!, StringComparison.Ordinal);
        var scrape = await agent.ScrapeAsync();
        Assert.Equal(1, scrape.One("forewarn_source_state", ("state", "held")));
        Assert.Equal(0, scrape.One("forewarn_source_up"));
        Assert.All(await agent.DevicesAsync(), device => Assert.Equal("Unknown", device.Presence));
        Assert.Empty(scrape.ReadingsOf(0));
        await agent.UntilLoggedAsync("Held: the probe died with SIGKILL", TimeSpan.FromSeconds(1));

        await agent.UntilAllMeasuredAsync(TimeSpan.FromSeconds(60));
    }
}
