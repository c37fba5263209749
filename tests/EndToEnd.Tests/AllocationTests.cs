using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>In the steady state nothing is allocated for a sweep: the collector has nothing to do, and nothing grows.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const double SweepPeriod = 0.05;
    private const double AgentBytesPerSweep = 1024; // the budget that `make bench` prints beside it

    /// <summary>Two periods of the agent's self meter; nobody asks the agent anything meanwhile.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Over_six_hundred_sweeps_the_probe_allocates_nothing_and_the_agent_a_kibibyte_each()
    {
        // Beside them 30 sweeps of the slow group, 30 lists of processes, and 3 looks at who the cards are.
        await using var agent = await AgentUnderTest.StartAsync("h100-8", $"Sampling.Fast={SweepPeriod * 1000}ms", "Sampling.Slow=1s",
            "Sampling.Processes=1s", "Sampling.Inventory=10s", "Source.nvml.Deadline=5s");
        await agent.UntilAllMeasuredAsync();
        // the first was of a probe that had just started
        var first = await NextMeasurementAsync(agent, await NextMeasurementAsync(agent, default));

        await Pause.ForAsync(Window + TimeSpan.FromSeconds(1)); // the second is for a self meter that was late

        var second = await MeasureAsync(agent);
        var sweeps = Window.TotalSeconds / SweepPeriod;
        output.WriteLine($"{second.Sweeps - first.Sweeps} sweeps: the probe allocated {second.Probe - first.Probe} bytes, the agent {second.Agent - first.Agent}");
        Assert.True(second.Sweeps - first.Sweeps >= sweeps, $"{second.Sweeps - first.Sweeps} sweeps");
        Assert.True(second.Cpu > first.Cpu, "the agent has measured itself again");
        Assert.Equal(0, second.Probe - first.Probe);
        Assert.InRange((second.Agent - first.Agent) / sweeps, 0, AgentBytesPerSweep);
    }

    /// <summary>Right after the agent has measured itself.</summary>
    private static async Task<Measurement> NextMeasurementAsync(AgentUnderTest agent, Measurement after)
    {
        var seen = after;
        await Eventually.TrueAsync(async () => (seen = await MeasureAsync(agent)).Agent > after.Agent, TimeSpan.FromSeconds(20),
            "the agent has measured itself");
        return seen;
    }

    private static async Task<Measurement> MeasureAsync(AgentUnderTest agent)
    {
        var scrape = await agent.ScrapeAsync();
        return new Measurement(
            scrape.One("forewarn_source_sweep_duration_seconds_count", ("group", "fast")),
            OfProcess("forewarn_process_allocated_bytes_total", "probe-nvml"),
            OfProcess("forewarn_process_allocated_bytes_total", "agent"),
            OfProcess("forewarn_process_cpu_seconds_total", "agent"));

        // There is none before the first measurement.
        double OfProcess(string name, string process) => scrape.All(name, ("process", process)) is [var value] ? value : 0;
    }

    private readonly record struct Measurement(double Sweeps, double Probe, double Agent, double Cpu);
}
