using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Somebody (the OOM killer, say) keeps ending the probe.</summary>
public sealed class KilledProbeTests
{
    [Fact]
    public async Task A_probe_killed_every_ten_seconds_for_two_minutes_costs_two_sweeps_each_time_at_most()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await using var recorder = SweepRecorder.Start(agent);

        for (var kills = 0; kills < 12; kills++)
        {
            Processes.Signal(agent.MainProbe!.Value, Processes.Kill);
            await Pause.ForAsync(TimeSpan.FromSeconds(10));
        }

        await recorder.AssertAtMostTwoSweepsLostAsync();
        Assert.Equal(12, (await agent.ScrapeAsync()).One("forewarn_source_restarts_total"));
        Assert.Equal("Running", (await agent.SourceAsync()).State);
    }
}
