using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A vendor call that does not return: its device is named, its siblings are measured on.</summary>
public sealed class HungCallTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(1); // the default of [Source.nvml] Deadline

    [Fact]
    public async Task A_call_that_hangs_stalls_its_device_alone_and_it_comes_back_by_itself()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        var pid = agent.Pid;
        await using var recorder = SweepRecorder.Start(agent);
        var lastSweep = (await agent.DeviceAsync(3)).LastSample!.Value;

        await agent.InjectAsync("gpu 3 hang nvmlDeviceGetTemperature for 10s");
        await agent.UntilDeviceAsync(3, TimeSpan.FromSeconds(10), "the device is stalled", device => device.Presence == "Stalled");

        var stalled = await agent.DeviceAsync(3);
        Assert.Equal("Stalled", stalled.Reason);
        Assert.Contains("'thermal'", stalled.Detail!, StringComparison.Ordinal);
        // The call began with the sweep after the last that was seen, at the latest a period later.
        var entered = stalled.LastSample!.Value + TimeSpan.FromSeconds(1);
        Assert.InRange(stalled.Since!.Value, lastSweep, entered + Deadline + TimeSpan.FromSeconds(1));

        var scrape = await agent.ScrapeAsync();
        Assert.Equal(0, scrape.One("forewarn_device_up", ("index", "3")));
        Assert.Equal(1, scrape.One("forewarn_device_presence", ("index", "3"), ("state", "stalled")));
        Assert.Empty(scrape.ReadingsOf(3));
        Assert.Equal(1, scrape.One("forewarn_source_stalls_total"));
        await agent.UntilLoggedAsync($"CallStalled: call 'thermal' on {stalled.PciAddress} did not return within 1 s",
            TimeSpan.FromSeconds(2));

        await agent.UntilAllMeasuredAsync(TimeSpan.FromSeconds(60));
        await recorder.AssertAtMostTwoSweepsLostAsync(except: 3);
        Assert.Equal(pid, agent.Pid);
        Assert.True(agent.Program.IsRunning);
        Assert.NotEmpty((await agent.ScrapeAsync()).ReadingsOf(3));
    }

    /// <summary>Not a reading but a step of the start: it is announced in a slot as any other call is.</summary>
    [Fact]
    public async Task A_card_that_hangs_while_a_probe_starts_is_named_and_left_out()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Source.nvml.SlowDeadline=2s");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 4 hang nvmlDeviceRegisterEvents");
        Processes.Signal(agent.MainProbe!.Value, Processes.Kill);

        await agent.UntilDeviceAsync(4, TimeSpan.FromSeconds(10), "the device is stalled", device => device.Presence == "Stalled");
        await agent.UntilAsync(TimeSpan.FromSeconds(10), "its siblings are measured",
            devices => devices.Count(device => device.Presence == "Measured") == AgentUnderTest.Gpus - 1);

        Assert.Contains("'register-events'", (await agent.DeviceAsync(4)).Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_of_the_slow_group_that_hangs_leaves_the_fast_samples_going()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=2s", "Source.nvml.SlowDeadline=4s");
        await agent.UntilAllMeasuredAsync();
        await using var recorder = SweepRecorder.Start(agent);

        await agent.InjectAsync("gpu 2 hang nvmlDeviceGetRemappedRows");
        await agent.UntilDeviceAsync(2, TimeSpan.FromSeconds(10), "the device is stalled", device => device.Presence == "Stalled");

        Assert.Contains("'remapped-rows'", (await agent.DeviceAsync(2)).Detail!, StringComparison.Ordinal);
        await recorder.AssertAtMostTwoSweepsLostAsync(except: 2);
    }

    /// <summary>Its own probe measures well until the slow sweep hangs there, too; that must not let it back among the others.</summary>
    [Fact]
    public async Task A_device_that_hangs_in_the_slow_group_again_and_again_does_not_disturb_its_siblings()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=60s", "Source.nvml.SlowDeadline=12s");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 2 hang nvmlDeviceGetRemappedRows");
        await agent.PostAsync("v1/release");
        await agent.PostAsync("v1/resume"); // the slow group is read at once when a probe starts
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(40), "the hung call is found", source => source.Stalls == 1);
        await agent.UntilAsync(TimeSpan.FromSeconds(10), "the siblings are measured",
            devices => devices.Count(device => device.Presence == "Measured") >= 7);
        // Those of the former probe still count as measured in the moment between it and the next.
        int? siblings = null;
        await Eventually.TrueAsync(
            () => (siblings = agent.MainProbe) is { } next && Processes.CommandLine(next).Any(word => word.StartsWith("except=", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(10), "the siblings have a probe without it");

        await agent.UntilSourceAsync(TimeSpan.FromSeconds(40), "the probe of that device hangs, too", source => source.Stalls == 2);

        Assert.Equal(siblings, agent.MainProbe);
    }
}
