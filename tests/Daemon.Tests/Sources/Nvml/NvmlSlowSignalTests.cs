using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>Signals of the slow sweep, against what was put into the simulated node.</summary>
public class NvmlSlowSignalTests
{
    [Fact(Timeout = 30_000)]
    public async Task Memory_errors_of_a_card_s_life_are_told_by_location()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n");
        source.Discover();
        await source.InjectAsync("gpu 3 ecc.dram.uncorrected add 3");
        await source.InjectAsync("gpu 3 ecc.sram.corrected add 5");
        await source.InjectAsync("gpu 3 ecc.sram.uncorrected add 2");
        Assert.Equal((3, 5, 2), (source.Read(3, SignalId.EccLifetimeUncorrectedDram).Value, source.Read(3, SignalId.EccLifetimeCorrectedSram).Value,
            source.Read(3, SignalId.EccLifetimeUncorrectedSram).Value));
        Assert.Equal(0, source.Read(2, SignalId.EccLifetimeUncorrectedDram).Value);
        Assert.Equal(NoDataReason.NotSupported, source.Read(3, SignalId.EccLifetimeCorrectedL2Cache).Absence); // the simulated cards count DRAM and SRAM
    }

    /// <summary>What stood in the infoROM when the driver was loaded is of the card's life and not of the driver's.</summary>
    [Fact(Timeout = 30_000)]
    public async Task Errors_from_before_the_driver_was_loaded_are_of_the_card_s_life_alone()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n");
        var cards = Enumerable.Range(0, source.Discover().Count).ToArray();
        await source.InjectAsync("gpu * ecc.dram.corrected add 1");
        var before = cards.Select(card => source.Read(card, SignalId.EccLifetimeCorrectedDram).Value - 1).ToArray();
        Assert.All(cards, card => Assert.Equal(1, source.Read(card, SignalId.EccCorrectedDram).Value));
        Assert.All(before, count => Assert.InRange(count, 0, 3)); // as the simulated cards are delivered
        Assert.Contains(before, count => count > 0);
    }

    /// <summary>Its eighteen fields lie elsewhere in 575.51 to 580.65: by the wrong numbers the ceiling would be another quantity.</summary>
    [Theory(Timeout = 30_000)]
    [InlineData("r575")]
    [InlineData("r580")]
    public async Task Power_smoothing_is_told_in_watts_and_shares(string driver)
    {
        await using var source = await SourceOnNode.StartAsync(driver, "rate 0\n", profile: "b200-8");
        source.Discover();
        await source.InjectAsync("gpu 3 power_smoothing.lifetime set 12");
        Assert.Equal((0, 0), (source.Read(3, SignalId.PowerSmoothing).Value, source.Read(3, SignalId.PowerSmoothingProfile).Value));
        Assert.Equal((1000, 0), (source.Read(3, SignalId.PowerSmoothingCeiling).Value, source.Read(3, SignalId.PowerSmoothingFloor).Value));
        Assert.Equal((0.12, 1), (source.Read(3, SignalId.PowerSmoothingLifetime).Value, source.Read(2, SignalId.PowerSmoothingLifetime).Value));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("r580", "h100-8")] // before Blackwell
    [InlineData("r560", "h100-8")] // before the fields
    public async Task Power_smoothing_is_absent_where_card_or_driver_has_none(string driver, string profile)
    {
        await using var source = await SourceOnNode.StartAsync(driver, profile: profile);
        source.Discover();
        for (var signal = SignalId.PowerSmoothing; signal <= SignalId.PowerPeakMultiplier; signal++)
            Assert.Equal(NoDataReason.NotSupported, source.Read(3, signal).Absence);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_youngest_driver_tells_of_peaks_stalls_and_each_lane_of_a_link()
    {
        await using var source = await SourceOnNode.StartAsync("r610", "rate 0\n", profile: "b200-8");
        source.Discover();
        await source.InjectAsync("gpu 3 power.edpp_multiplier set 85");
        await source.InjectAsync("gpu 3 utilization.mma_stall set 40");
        await source.InjectAsync("gpu 3 link 5 raw_ber.lane0 set 3e-9");
        await source.InjectAsync("gpu 3 link 5 raw_ber.lane1 set 2e-7");
        Assert.Equal((0.85, 0.4), (source.Read(3, SignalId.PowerPeakMultiplier).Value, source.Read(3, SignalId.MatrixStall).Value));
        Assert.Equal(3e-9, source.Read(3, SignalId.LinkBitErrorsRawLane0, 5).Value, 1e-15);
        Assert.Equal(2e-7, source.Read(3, SignalId.LinkBitErrorsRawLane1, 5).Value, 1e-15);
        Assert.Equal(0, source.Read(3, SignalId.LinkBitErrorsRawLane0, 4).Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task Errors_of_a_lane_are_told_of_that_lane()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n");
        source.Discover();
        await source.InjectAsync("gpu 3 pcie.lane_error add 9");
        var lanes = source.Read(3).Where(reading => reading.Signal == SignalId.PcieErrorsLane).ToList();
        Assert.Equal(Enumerable.Range(0, 16), lanes.Select(lane => (int)lane.Instance));
        Assert.Equal([9, .. Enumerable.Repeat(0.0, 15)], lanes.Select(lane => lane.Value));
        Assert.All(lanes, lane => Assert.True(lane.HasValue));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_card_that_takes_no_new_programs_is_draining_and_no_other()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n");
        source.Discover();
        await source.InjectAsync("gpu 3 draining set 1");
        Assert.Equal((0, 1), (source.Read(2, SignalId.Draining).Value, source.Read(3, SignalId.Draining).Value));
        await source.InjectAsync("gpu 3 draining set 0");
        Assert.Equal(0, source.Read(3, SignalId.Draining).Value);
    }

    [Fact(Timeout = 30_000)]
    public async Task Half_of_the_links_is_told_where_the_card_has_such_a_mode()
    {
        await using var blackwell = await SourceOnNode.StartAsync("r580", "rate 0\n", profile: "b200-8");
        blackwell.Discover();
        await blackwell.InjectAsync("gpu 3 nvlink.bandwidth_mode set 3");
        Assert.Equal((0, 3), (blackwell.Read(2, SignalId.LinksBandwidthMode).Value, blackwell.Read(3, SignalId.LinksBandwidthMode).Value));

        await using var hopper = await SourceOnNode.StartAsync("r580");
        hopper.Discover();
        Assert.Equal(NoDataReason.NotSupported, hopper.Read(3, SignalId.LinksBandwidthMode).Absence);
    }

    [Fact(Timeout = 30_000)]
    public async Task Cards_wait_for_attestation_where_confidential_computing_is_on_and_only_there()
    {
        await using var source = await SourceOnNode.StartAsync("r580", "rate 0\n", profile: "b200-8");
        source.Discover();
        Assert.Equal(NoDataReason.NotSupported, source.Read(3, SignalId.ConfidentialReady).Absence);

        await source.InjectAsync("gpu 0 confidential set 1");
        Assert.True(source.Source.HasIdentityChanged(3));
        source.Discover();
        Assert.Equal(0, source.Read(3, SignalId.ConfidentialReady).Value);
        await source.InjectAsync("gpu 0 confidential.ready set 1");
        Assert.Equal(1, source.Read(3, SignalId.ConfidentialReady).Value);
        Assert.Equal(183359.0 * 1024 * 1024, source.Read(3, SignalId.ProtectedMemoryUsed).Value + source.Read(3, SignalId.ProtectedMemoryFree).Value);
    }
}
