using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>In the steady state nothing is allocated for a sweep: the collector has nothing to do, and nothing grows.</summary>
public sealed class AllocationTests
{
    private const int Sweeps = 600;
    private const double SweepsPerSecond = 20;
    private const double AgentBytesPerSweep = 1024; // the budget of docs/architecture.md

    [Fact]
    public async Task Over_six_hundred_sweeps_the_probe_allocates_nothing_and_the_agent_a_kibibyte_each()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Fast=50ms", "Sampling.Slow=1h", "Source.nvml.Deadline=5s");
        await agent.UntilAllMeasuredAsync();
        var first = await NextMeasurementAsync(agent, after: default);

        await Pause.ForAsync(TimeSpan.FromSeconds(Sweeps / SweepsPerSecond));

        var second = await NextMeasurementAsync(agent, first);
        var sweeps = second.Sweeps - first.Sweeps;
        Assert.True(sweeps >= Sweeps, $"{sweeps} sweeps");
        Assert.Equal(0, second.Probe - first.Probe);
        // Includes what answering the two scrapes at either end cost.
        var each = (second.Agent - first.Agent) / sweeps;
        Assert.True(each <= AgentBytesPerSweep, $"the agent allocated {each:0} bytes a sweep");
    }

    /// <summary>The agent measures itself every 15 s; this is right after it did.</summary>
    private static async Task<Measurement> NextMeasurementAsync(AgentUnderTest agent, Measurement after)
    {
        var start = await MeasureAsync(agent);
        var seen = start;
        await Eventually.TrueAsync(async () => (seen = await MeasureAsync(agent)).Cpu > start.Cpu && seen.Sweeps > after.Sweeps, TimeSpan.FromSeconds(20), "the agent has measured itself");
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
