using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>Performance counters: shares of time between 0 and 1, rates in bytes a second, of cards and of their parts.</summary>
public class NvmlProfilingTests
{
    private static readonly TimeSpan Sweep = TimeSpan.FromSeconds(10);

    /// <summary>The parts of a busy card's time as native/nvml/gpm.c has them.</summary>
    private static readonly Dictionary<SignalId, double> Shares = new()
    {
        [SignalId.ProfileGraphics] = 1,
        [SignalId.ProfileSm] = 0.88,
        [SignalId.ProfileSmOccupancy] = 0.31,
        [SignalId.ProfileInteger] = 0.12,
        [SignalId.ProfileTensor] = 0.42,
        [SignalId.ProfileTensorHalf] = 0.42,
        [SignalId.ProfileTensorDouble] = 0,
        [SignalId.ProfileTensorInteger] = 0,
        [SignalId.ProfileMemoryBandwidth] = 0.45,
        [SignalId.ProfileFloat64] = 0,
        [SignalId.ProfileFloat32] = 0.09,
        [SignalId.ProfileFloat16] = 0.03,
    };

    [Fact(Timeout = 30_000)]
    public async Task Shares_of_time_are_ratios_and_the_first_sweep_has_none()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n", profiling: true);
        source.Discover();
        await source.InjectAsync("gpu 3 utilization.gpu set 50");
        Assert.Equal(NoDataReason.TimedOut, source.Read(3, SignalId.ProfileSm).Absence);
        await source.Node.Control.AdvanceAsync(Sweep, CancellationToken.None);
        var readings = source.Read(3);
        Assert.All(Shares, share => Assert.Equal(0.5 * share.Value, Assert.Single(readings, reading => reading.Signal == share.Key).Value, 1e-9));
    }

    [Fact(Timeout = 30_000)]
    public async Task Rates_are_bytes_a_second_and_agree_with_what_the_counters_say()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n", profiling: true);
        source.Discover();
        await source.InjectAsync("gpu 3 pcie.throughput.tx set 5000000"); // KB/s
        await source.InjectAsync("gpu 3 pcie.throughput.rx set 3000000");
        var before = source.Read(3);
        await source.Node.Control.AdvanceAsync(Sweep, CancellationToken.None);
        var after = source.Read(3);
        Assert.Equal(5e9, Of(after, SignalId.ProfilePcieSent), 1);
        Assert.Equal(3e9, Of(after, SignalId.ProfilePcieReceived), 1);
        Assert.Equal(Rate(SignalId.LinksSent), Of(after, SignalId.ProfileLinkSent), 1e6); // the counters tell whole KiB of each link
        Assert.Equal(Rate(SignalId.LinksReceived), Of(after, SignalId.ProfileLinkReceived), 1e6);
        Assert.True(Of(after, SignalId.ProfileLinkSent) > 1e9, "the job at time 0 takes all cards, so the links are busy");

        double Rate(SignalId counter) => (Of(after, counter) - Of(before, counter)) / Sweep.TotalSeconds;
        static double Of(List<Reading> readings, SignalId signal) => Assert.Single(readings, reading => reading.Signal == signal).Value;
    }

    [Fact(Timeout = 30_000)]
    public async Task A_part_tells_of_its_instance_and_leaves_bus_and_links_to_the_card()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n", profiling: true, profile: "h100-8-mig");
        var inventory = source.Discover();
        var part = inventory.First(row => row.Device.Partition is { } place && place.Parent == inventory[0].Device.Id).Ordinal;
        await source.InjectAsync("gpu 0 utilization.gpu set 50");
        source.Read(part);
        await source.Node.Control.AdvanceAsync(Sweep, CancellationToken.None);
        var readings = source.Read(part);
        Assert.All(Shares, share => Assert.Equal(0.5 * share.Value, Assert.Single(readings, reading => reading.Signal == share.Key).Value, 1e-9));
        Assert.Equal(NoDataReason.NotSupported, Assert.Single(readings, reading => reading.Signal == SignalId.ProfilePcieSent).Absence);
        Assert.Equal(NoDataReason.NotSupported, Assert.Single(readings, reading => reading.Signal == SignalId.ProfileLinkSent).Absence);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_card_that_is_older_than_the_counters_does_not_offer_them()
    {
        await using var source = await SourceOnNode.StartAsync("r550", profiling: true, profile: "a100-8");
        source.Discover();
        Assert.Equal(NoDataReason.NotSupported, source.Read(3, SignalId.ProfileSm).Absence);
    }
}
