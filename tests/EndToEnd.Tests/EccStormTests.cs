using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Memory that corrects thousands of errors a second and slows every call, as it was reported of a GB200 that monitors called healthy.</summary>
public sealed class EccStormTests
{
    private const int Bad = 2;

    // Rates as reported in NVSentinel issue 1748, where calls took tens of seconds in the end.
    private const string Storm = """
        profile gb200-4
        at 0s    gpu 2  ecc.dram.corrected  rate 1/m
        at 60s   gpu 2  ecc.dram.corrected  rate 4600/s
        at 60s   gpu 2  slow * by 10ms
        at 75s   gpu 2  ecc.dram.corrected  rate 11000/s
        at 75s   gpu 2  slow * by 100ms
        at 90s   gpu 2  ecc.dram.corrected  rate 17700/s
        at 90s   gpu 2  slow * by 25s

        """;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_storm_of_corrected_errors_is_degraded_within_a_minute_and_never_called_healthy_while_calls_slow_to_tens_of_seconds()
    {
        using var folder = new TemporaryFolder();
        await using var agent = await AgentUnderTest.StartAsync(folder.Write("storm.scenario", Storm));
        await agent.UntilAsync(TimeSpan.FromSeconds(20), "all are healthy", devices => devices.Count(device => device.Assessment?.State == "Healthy") == 4);
        await using var recorder = SweepRecorder.Start(agent);
        await SimulatedNodeUnderTest.RequestAsync(agent.SimulatedRoot, "advance 60s");
        var began = TimeProvider.System.GetTimestamp();

        await agent.UntilDeviceAsync(Bad, Minute, "it is degraded", device => IsBad(device.Assessment?.State));

        // On through both steps of the storm, until no call on the card returns any more, and a while beyond.
        var states = new List<string>();
        var isStalled = false;
        while (TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(45) || !isStalled)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < 2 * Minute, "calls of 25 s never stalled it");
            var card = await agent.DeviceAsync(Bad);
            states.Add(card.Assessment!.State);
            isStalled |= card.Presence == "Stalled";
            Assert.Equal(0, (await agent.ScrapeAsync()).One("forewarn_device_health_state", ("index", "2"), ("state", "healthy")));
            await Pause.ForAsync(TimeSpan.FromMilliseconds(250));
        }

        Assert.All(states, state => Assert.True(IsBad(state), state));
        var worst = await recorder.WorstOfAsync([0, 1, 3]);
        // While the bad card answers slowly and in time, a sweep of all takes two seconds; then come a deadline of one and the start of another probe.
        Assert.True(worst.Sweeps <= 6, $"{worst}\n{agent.Program.Errors}");
        Assert.All((await agent.DevicesAsync()).Where(device => device.Index != Bad), device => Assert.Equal(("Measured", "Healthy"), (device.Presence, device.Assessment?.State)));
        await using var check = await RealProgram.RunAsync(Product.Program, ["check", "--socket", agent.SocketPath], "", TimeSpan.FromSeconds(10));
        Assert.InRange(await check.Ended, 1, 2); // degraded at first, failed once nothing has answered for a minute
    }

    private static bool IsBad(string? state) => state is "Degraded" or "Failing" or "Failed";
}
