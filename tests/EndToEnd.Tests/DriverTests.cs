using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Driver generations, and changes of the driver under a running agent.</summary>
public sealed class DriverTests
{
    [Fact]
    public async Task A_driver_that_is_reloaded_is_missed_while_it_is_away_and_picked_up_again()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();

        await agent.InjectAsync("node driver reload for 5s");
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(5), "the driver is missed",
            source => source is { State: "Unavailable", Reason: "DriverNotLoaded" });
        await agent.UntilAsync(TimeSpan.FromSeconds(2), "every device says why",
            devices => devices.All(device => device.Reason == "DriverNotLoaded"));

        await agent.UntilAllMeasuredAsync();
        Assert.True(agent.Program.IsRunning);
    }

    /// <summary>So short that no sweep meets the absence, or just one: the cards' handles are dead all the same.</summary>
    [Theory]
    [InlineData("node driver reload")]
    [InlineData("node driver reload for 120ms")]
    public async Task A_driver_that_is_reloaded_between_two_sweeps_is_opened_anew(string reload)
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Fast=100ms");
        await agent.UntilAllMeasuredAsync();

        await agent.InjectAsync(reload);
        await Pause.ForAsync(TimeSpan.FromSeconds(1));

        // On a busy machine the reload is met later, and none is found for a moment.
        await Eventually.TrueAsync(async () => (await agent.ScrapeAsync()).One("forewarn_devices_found") == AgentUnderTest.Gpus,
            TimeSpan.FromSeconds(10), "all are found");
        await agent.UntilAllMeasuredAsync();
        Assert.True(agent.Program.IsRunning);
    }

    [Fact]
    public async Task A_driver_upgrade_is_followed_without_a_restart_of_the_agent()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await AgentUnderTest.StartAsync(folder.Write("r470.scenario", "profile h100-8\ndriver r470\n"),
            "Sampling.Slow=2s");
        await agent.UntilAllMeasuredAsync();
        Assert.StartsWith("470.", (await agent.SourceAsync()).DriverVersion, StringComparison.Ordinal);

        await agent.InjectAsync("node driver upgrade r550 for 3s");
        await agent.UntilSourceAsync(TimeSpan.FromSeconds(40), "the new driver is used",
            source => source is { State: "Running" } && source.DriverVersion!.StartsWith("550.", StringComparison.Ordinal));

        await agent.UntilAllMeasuredAsync();
        Assert.StartsWith("550.", (await agent.ScrapeAsync()).LabelOf("forewarn_device_info", "driver"), StringComparison.Ordinal);
        Assert.True(agent.Program.IsRunning);
    }

    /// <summary>nvml.h of driver 470 has no nvmlDeviceGetMemoryInfo_v2 (510) and no nvmlDeviceGetModuleId (535).</summary>
    [Fact]
    public async Task What_only_a_newer_driver_can_tell_is_absent_on_an_older_one_and_never_zero()
    {
        using var folder = new TemporaryFolder();
        await using var old = await AgentUnderTest.StartAsync(folder.Write("r470.scenario", "profile h100-8\ndriver r470\n"));
        await using var present = await AgentUnderTest.StartAsync();
        await old.UntilAllMeasuredAsync();
        await present.UntilAllMeasuredAsync();
        await Eventually.TrueAsync(async () => (await old.ScrapeAsync()).ReadingsOf(0).Contains("forewarn_device_remapped_rows_total")
            && (await present.ScrapeAsync()).ReadingsOf(0).Contains("forewarn_device_remapped_rows_total"),
            TimeSpan.FromSeconds(10), "both slow groups were read");

        var absent = Absent(await old.DevicesAsync(""));
        var told = Told(await present.DevicesAsync(""));
        var onlyNewer = told.Except(Told(await old.DevicesAsync(""))).ToArray();

        Assert.NotEmpty(onlyNewer);
        Assert.All(onlyNewer, signal => Assert.Contains(absent,
            reading => reading.Signal == signal && reading.Absent is "SymbolMissing" or "NotSupported"));
        Assert.Contains(absent, reading => reading.Absent == "SymbolMissing");
    }

    private static HashSet<string> Told(IReadOnlyList<DeviceAnswer> devices) =>
        [.. devices[0].Signals!.Where(signal => signal.Value is not null).Select(signal => signal.Signal)];

    private static List<SignalAnswer> Absent(IReadOnlyList<DeviceAnswer> devices) =>
        [.. devices[0].Signals!.Where(signal => signal.Value is null)];
}
