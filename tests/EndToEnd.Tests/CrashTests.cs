using Forewarn.EndToEnd.Tests.Kit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A vendor library that takes its process with it.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task A_probe_that_segfaults_names_signal_and_call_and_costs_its_device_alone()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await using var recorder = SweepRecorder.Start(agent);

        await agent.InjectAsync("gpu 6 crash nvmlDeviceGetFieldValues for 8s");
        await agent.UntilDeviceAsync(6, TimeSpan.FromSeconds(5), "the device is not measured", device => device.Presence == "Unknown");

        Assert.Equal("the probe died with SIGSEGV in call 'fields'", (await agent.DeviceAsync(6)).Detail);
        Assert.Empty((await agent.ScrapeAsync()).ReadingsOf(6));
        await agent.UntilLoggedAsync("died with SIGSEGV", TimeSpan.FromSeconds(2));

        await agent.UntilAllMeasuredAsync(TimeSpan.FromSeconds(60));
        await recorder.AssertAtMostTwoSweepsLostAsync(except: 6);
        Assert.True(agent.Program.IsRunning);
    }
}
