using System.Globalization;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>What few cards have: each gets a number of its own on the simulated node and is found again in its own signal, and nowhere else.</summary>
public class NvmlPlaceTests
{
    private const int Card = 3;

    /// <summary>The simulator's name, the number that it is set to, and the signals that read it: volatile and of the card's life.</summary>
    private static readonly (string Name, double Set, SignalId[] Signals)[] Places =
    [
        ("ecc.l1.corrected", 11, [SignalId.EccCorrectedL1Cache, SignalId.EccLifetimeCorrectedL1Cache]),
        ("ecc.l1.uncorrected", 12, [SignalId.EccUncorrectedL1Cache, SignalId.EccLifetimeUncorrectedL1Cache]),
        ("ecc.l2.corrected", 13, [SignalId.EccCorrectedL2Cache, SignalId.EccLifetimeCorrectedL2Cache]),
        ("ecc.l2.uncorrected", 14, [SignalId.EccUncorrectedL2Cache, SignalId.EccLifetimeUncorrectedL2Cache]),
        ("ecc.register_file.corrected", 15, [SignalId.EccCorrectedRegisterFile, SignalId.EccLifetimeCorrectedRegisterFile]),
        ("ecc.register_file.uncorrected", 16, [SignalId.EccUncorrectedRegisterFile, SignalId.EccLifetimeUncorrectedRegisterFile]),
        ("ecc.texture.corrected", 17, [SignalId.EccCorrectedTexture, SignalId.EccLifetimeCorrectedTexture]),
        ("ecc.texture.uncorrected", 18, [SignalId.EccUncorrectedTexture, SignalId.EccLifetimeUncorrectedTexture]),
        ("ecc.cbu.uncorrected", 19, [SignalId.EccUncorrectedControl, SignalId.EccLifetimeUncorrectedControl]),
        ("ecc.dram.corrected", 20, [SignalId.EccCorrectedDram, SignalId.EccLifetimeCorrectedDram]),
        ("ecc.dram.uncorrected", 21, [SignalId.EccUncorrectedDram, SignalId.EccLifetimeUncorrectedDram]),
        ("ecc.sram.corrected", 22, [SignalId.EccCorrectedSram, SignalId.EccLifetimeCorrectedSram]),
        ("temperature.board", 41, [SignalId.TemperatureBoard]),
        ("temperature.supply", 42, [SignalId.TemperaturePowerSupply]),
        ("temperature.tlimit.shutdown", -7, [SignalId.TemperatureTLimitShutdown]),
        ("temperature.tlimit.slowdown", -6, [SignalId.TemperatureTLimitSlowdown]),
        ("temperature.tlimit.memory", -5, [SignalId.TemperatureTLimitMemory]),
        ("temperature.tlimit.gpu", -4, [SignalId.TemperatureTLimitGpu]),
        ("temperature.acoustic.least", 61, [SignalId.TemperatureLimitAcousticLeast]),
        ("temperature.acoustic", 62, [SignalId.TemperatureLimitAcoustic]),
        ("temperature.acoustic.most", 63, [SignalId.TemperatureLimitAcousticMost]),
    ];

    [Fact(Timeout = 30_000)]
    public async Task Each_place_is_told_in_its_own_signal()
    {
        var lines = string.Concat(Places.Select(place => string.Create(CultureInfo.InvariantCulture, $"at 0s gpu {Card} {place.Name} set {place.Set}\n")));
        await using var source = await SourceOnNode.StartAsync("r610", "rate 0\n" + lines);
        source.Discover();
        var readings = source.Read(Card);
        Assert.All(Places.SelectMany(place => place.Signals, (place, signal) => (place, signal)), row =>
            Assert.Equal((row.place.Name, row.place.Set), (row.place.Name, Assert.Single(readings, reading => reading.Signal == row.signal).Value)));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_card_without_them_says_so()
    {
        await using var source = await SourceOnNode.StartAsync("r610", "rate 0\n");
        source.Discover();
        Assert.All(Places.Where(place => place.Name is "temperature.board" or "temperature.supply" or "temperature.acoustic" or "ecc.l1.corrected" or "ecc.cbu.uncorrected"),
            place => Assert.Equal(NoDataReason.NotSupported, source.Read(Card, place.Signals[0]).Absence));
    }

    [Fact(Timeout = 30_000)]
    public async Task Each_fan_is_told_apart()
    {
        await using var source = await SourceOnNode.StartAsync("r610", $"""
            rate 0
            at 0s gpu {Card} fans set 2
            at 0s gpu {Card} fan.0.speed set 40
            at 0s gpu {Card} fan.0.target set 45
            at 0s gpu {Card} fan.0.rpm set 1500
            at 0s gpu {Card} fan.1.speed set 50
            at 0s gpu {Card} fan.1.target set 55
            at 0s gpu {Card} fan.1.rpm set 1900

            """);
        source.Discover();
        Assert.Equal((0.4, 0.45, 1500), (source.Read(Card, SignalId.FanSpeed).Value, source.Read(Card, SignalId.FanTarget).Value, source.Read(Card, SignalId.FanRevolutions).Value));
        Assert.Equal((0.5, 0.55, 1900),
            (source.Read(Card, SignalId.FanSpeed, 1).Value, source.Read(Card, SignalId.FanTarget, 1).Value, source.Read(Card, SignalId.FanRevolutions, 1).Value));
        Assert.DoesNotContain(source.Read(Card + 1), reading => reading.Signal == SignalId.FanSpeed && reading.HasValue);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_clock_monitor_that_trips_is_told_of_its_card()
    {
        await using var source = await SourceOnNode.StartAsync("r610", "rate 0\n");
        source.Discover();
        Assert.Equal(0, source.Read(Card, SignalId.ClockMonitorFault).Value);
        await source.InjectAsync($"gpu {Card} clock.monitor_fault set 4");
        Assert.Equal((1, 0), (source.Read(Card, SignalId.ClockMonitorFault).Value, source.Read(Card + 1, SignalId.ClockMonitorFault).Value));
    }

    /// <summary>Of root alone: the units of a chip that its uncorrected SRAM errors lie in.</summary>
    [Fact(Timeout = 30_000)]
    public async Task Each_unit_of_the_chip_is_told_in_its_own_signal()
    {
        (string Unit, SignalId Signal)[] units =
        [
            ("l2", SignalId.EccSramUnitL2), ("sm", SignalId.EccSramUnitSm), ("pcie", SignalId.EccSramUnitPcie),
            ("microcontroller", SignalId.EccSramUnitMicrocontroller), ("other", SignalId.EccSramUnitOther),
        ];
        await using var source = await SourceOnNode.StartAsync("r610", "rate 0\n");
        source.Discover();
        foreach (var (index, (unit, _)) in units.Index()) await source.InjectAsync($"gpu {Card} ecc.sram.unit.{unit} set {index + 3}");
        Assert.All(units.Index(), row =>
        {
            var reading = source.Read(Card, row.Item.Signal);
            if (Environment.IsPrivilegedProcess) Assert.Equal(row.Index + 3, reading.Value);
            else Assert.Equal(NoDataReason.NoPermission, reading.Absence);
        });
    }
}
