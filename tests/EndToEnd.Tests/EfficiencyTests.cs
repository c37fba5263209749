using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Cards that do nothing while somebody holds their memory.</summary>
public sealed class EfficiencyTests
{
    private const string Held = "forewarn_device_idle_held_seconds_total";
    private const string Idle = "forewarn_device_idle_seconds_total";

    [Fact]
    public async Task Utilisation_0_with_memory_held_becomes_idle_held_seconds()
    {
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Fast=100ms");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 2 load idle");
        await agent.InjectAsync("gpu 2 memory.used set 20GiB");
        await agent.InjectAsync("gpu 3 load idle");
        await agent.InjectAsync("gpu 3 memory.used set 4MiB");
        await agent.InjectAsync("gpu 4 load 1");
        await Eventually.TrueAsync(async () => (await agent.ScrapeAsync()).All(Held, ("index", "2")) is [>= 2], TimeSpan.FromSeconds(20),
            "two seconds of waste are counted", () => agent.Program.Errors);

        var scrape = await agent.ScrapeAsync();
        Assert.True(scrape.One(Idle, ("index", "3")) >= 1.5);
        Assert.InRange(scrape.One(Held, ("index", "3")), 0, 0.5); // until the fault was in
        Assert.InRange(scrape.One(Idle, ("index", "4")), 0, 0.5);
        Assert.True(scrape.One("forewarn_device_busy_seconds_total", ("index", "4")) > 1);
        var report = await agent.EfficiencyAsync();
        Assert.True(report.Simulated);
        var waster = report.Devices.MaxBy(device => device.Hour.IdleHeldSeconds)!;
        Assert.Equal(2, waster.Index);
        Assert.InRange(waster.Hour.MeanPowerWatts!.Value, 50, 750); // idle to the limit of the profile
    }

    [Fact]
    public async Task The_accounts_outlive_the_agent()
    {
        using var folder = new TemporaryFolder();
        await using var node = await SimulatedNodeUnderTest.StartAsync();
        var start = node.Agent with { Folder = folder, Settings = [.. node.Agent.Settings, "Sampling.Fast=100ms"] };
        double measured;
        await using (var first = await AgentUnderTest.StartAsync(start))
        {
            await first.UntilAllMeasuredAsync();
            await Eventually.TrueAsync(async () => await MeasuredAsync(first) >= 3, TimeSpan.FromSeconds(20), "three seconds are measured");
            measured = await MeasuredAsync(first);
        }

        await using var second = await AgentUnderTest.StartAsync(start);
        await Eventually.TrueAsync(async () => await MeasuredAsync(second) >= measured, TimeSpan.FromSeconds(20),
            "the past is back", () => second.Program.Errors);
        // The accounts are there before the cards are. The counter knows this run alone: what was before is in the account on top of it.
        await second.UntilAllMeasuredAsync();
        var counted = (await second.ScrapeAsync()).One("forewarn_device_measured_seconds_total", ("index", "0"));
        Assert.True(counted + measured <= await MeasuredAsync(second) + 0.01, $"{counted} s in this run, {measured} s before");
    }

    private static async Task<double> MeasuredAsync(AgentUnderTest agent) =>
        (await agent.EfficiencyAsync()).Devices.FirstOrDefault(device => device.Index == 0)?.Day.MeasuredSeconds ?? 0;
}
