using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A probe that the kernel does not let go (D state), made real with the freezer.</summary>
public sealed class UnkillableProbeTests
{
    [FreezerFact]
    public async Task A_probe_in_D_state_is_abandoned_and_counted_and_a_new_one_measures_the_siblings()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await Pause.ForAsync(TimeSpan.FromSeconds(6)); // a probe that ends in its first five seconds is not replaced at once
        var frozen = agent.MainProbe!.Value;
        await using var recorder = SweepRecorder.Start(agent);
        await using var freezer = new Freezer();

        await freezer.FreezeAsync(frozen);
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(15), "it is abandoned", source => source.AbandonedProcesses == 1);

        Assert.True(Processes.Runs(frozen), "SIGKILL must not have ended it: then nothing was tested");
        Assert.Equal(1, (await agent.ScrapeAsync()).One("forewarn_source_abandoned_processes"));
        await agent.UntilAsync(TimeSpan.FromSeconds(10), "seven devices and more are measured",
            devices => devices.Count(device => device.Presence == "Measured") >= 7);
        Assert.NotEqual(frozen, agent.MainProbe);

        freezer.Thaw();
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(5), "it is reaped", source => source.AbandonedProcesses == 0);
        Assert.False(Processes.Runs(frozen));
        var stalled = (await agent.DevicesAsync()).Where(device => device.Presence == "Stalled").Select(device => device.Index!.Value);
        await recorder.AssertAtMostTwoSweepsLostAsync([.. stalled]);
        Assert.Equal(0, (await agent.ScrapeAsync()).One("forewarn_source_refused_frames_total"));
    }

    [FreezerFact]
    public async Task An_agent_with_a_probe_in_D_state_still_stops()
    {
        await using var freezer = new Freezer();
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        var frozen = agent.MainProbe!.Value;
        await freezer.FreezeAsync(frozen);
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(15), "it is abandoned", source => source.AbandonedProcesses == 1);

        Assert.Equal(0, await agent.StopAsync(within: TimeSpan.FromSeconds(3)));

        Assert.True(Processes.Runs(frozen), "SIGKILL must not have ended it: then nothing was tested");
        freezer.Thaw();
        await agent.UntilChildrenAreGoneAsync(TimeSpan.FromSeconds(3));
    }
}
