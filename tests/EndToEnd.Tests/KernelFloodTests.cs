using System.Globalization;
using System.Text;
using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>The real agent while its kernel log, here a file that grows, gets 100,000 records a second for ten seconds, each an Xid.</summary>
[Collection(TimedAlone.Name)]
public sealed class KernelFloodTests(ITestOutputHelper output)
{
    private const int Chunks = 100;
    private const int PerChunk = 10_000;
    private const int Kinds = 1000; // of Xids that nobody has seen before, each once
    // Own figure: half as much again as the budget of the steady state, 64 MiB, which a flood may exceed: the events of a thousand kinds wait in queues and are
    // put on the disk meanwhile. What is held against it is the most that was seen of the proportional set size (PSS) of the agent and its probes together, looked
    // at with each chunk and then until all is read: what rises and falls between two looks is not seen.
    private const long Budget = 96L << 20;

    // Own figures: what the siblings of a hung card may lose; and a sweep's period twice, since a machine that does nothing else has late sweeps too.
    private const double MoreMissed = 2;
    private static readonly TimeSpan LaterThanQuiet = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task No_Xid_is_lost_no_sweep_is_left_out_and_memory_stays_bounded()
    {
        using var folder = new TemporaryFolder();
        var log = folder.Write("kmsg", "");
        await using var agent = await AgentUnderTest.StartAsync("h100-8", $"KernelLog.Path={log}");
        await agent.UntilAllMeasuredAsync();
        var addresses = (await agent.DevicesAsync()).Select(device => device.PciAddress).ToList();
        var quiet = await WatchedAsync(agent, _ => Task.CompletedTask);
        var (flood, most) = (default(SweepPunctuality), 0L);
        await using (var file = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.Read))
        {
            flood = await WatchedAsync(agent, async chunk =>
            {
                await file.WriteAsync(Chunk(chunk, addresses));
                await file.FlushAsync();
                most = Math.Max(most, ProportionalSet.Of(agent));
            });
        }

        await Eventually.TrueAsync(
            async () =>
            {
                most = Math.Max(most, ProportionalSet.Of(agent));
                return (await agent.ScrapeAsync()).One("forewarn_kernel_log_records_total") == Chunks * PerChunk;
            },
            TimeSpan.FromSeconds(120), "all is read");
        var codes = new HashSet<long>();
        await Eventually.TrueAsync(
            async () =>
            {
                codes = [.. (await agent.EventsAsync("?kind=DriverError&limit=5000")).Where(happened => happened.Code >= 1000).Select(happened => happened.Code!.Value)];
                return codes.Count == Kinds;
            },
            TimeSpan.FromSeconds(20), "each Xid is told", () => $"{codes.Count} of {Kinds}");

        var after = await agent.ScrapeAsync();
        output.WriteLine($"quiet: {quiet}\nflood: {flood}\n{most >> 10} KiB at most");
        Assert.True(flood.Missed <= quiet.Missed + MoreMissed, $"quiet: {quiet}; flood: {flood}");
        Assert.True(flood.LongestSilence <= quiet.LongestSilence + LaterThanQuiet, $"quiet: {quiet}; flood: {flood}");
        Assert.Equal(0, after.One("forewarn_source_skipped_sweeps_total", ("source", "nvml")));
        Assert.Equal(0, after.One("forewarn_queue_dropped_total", ("queue", "samples")));
        Assert.Equal(0, after.One("forewarn_kernel_log_lost_records_total"));
        Assert.All(await agent.DevicesAsync(), device => Assert.Equal("Measured", device.Presence));
        Assert.InRange(most, 1, Budget);
    }

    /// <summary>How the agent swept, by its own account, while something was done a hundred times, ten times a second.</summary>
    private static async Task<SweepPunctuality> WatchedAsync(AgentUnderTest agent, Func<int, Task> doing)
    {
        var sweeps = await SweepWatch.BeginAsync(agent);
        for (var chunk = 0; chunk < Chunks; chunk++)
        {
            var next = Pause.ForAsync(Tick);
            await doing(chunk);
            if (chunk % 5 == 4) await sweeps.LookAsync();
            await next;
        }

        return await sweeps.EndAsync();
    }

    private static byte[] Chunk(int chunk, List<string> addresses)
    {
        var text = new StringBuilder();
        for (var record = 0; record < PerChunk; record++)
        {
            var sequence = (chunk * PerChunk) + record;
            var (code, said) = sequence % 1000 == 7 ? (1000 + (sequence / 1000), "something that nobody has seen before") : (record % 4) switch
            {
                0 => (13, "Graphics SM Warp Exception on (GPC 7, TPC 7, SM 0): Illegal Instruction Parameter"),
                1 => (31, "Ch 00000010, intr 10000000. MMU Fault: ENGINE GRAPHICS GPCCLIENT_T1_0 faulted @ 0x7f2a_c0000000. Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ"),
                2 => (43, "Ch 0000000a"),
                _ => (45, "Ch 0000000a"),
            };
            text.Append(CultureInfo.InvariantCulture, $"3,{sequence},{sequence},-;NVRM: Xid (PCI:{addresses[record % addresses.Count][..^2]}): {code}, pid=1234, name=python, {said}\n");
        }

        return Encoding.ASCII.GetBytes(text.ToString());
    }
}
