using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>Every signal of the catalogue on a healthy H100: a value that such a card can have, or the absence that it is known for.</summary>
public class HealthyH100Tests
{
    /// <summary>What no driver here offers on Hopper.</summary>
    private static readonly Dictionary<SignalId, NoDataReason> Always = new()
    {
        // Field values that the header of driver 575.51 brought.
        [SignalId.ThrottledSoftwareThermal] = NoDataReason.NotSupported,
        [SignalId.ThrottledHardwareThermal] = NoDataReason.NotSupported,
        [SignalId.ThrottledHardwarePowerBrake] = NoDataReason.NotSupported,

        // Hopper counts DRAM and SRAM; the places inside the chip are those of older cards.
        [SignalId.EccCorrectedL1Cache] = NoDataReason.NotSupported,
        [SignalId.EccCorrectedL2Cache] = NoDataReason.NotSupported,
        [SignalId.EccCorrectedRegisterFile] = NoDataReason.NotSupported,
        [SignalId.EccUncorrectedL1Cache] = NoDataReason.NotSupported,
        [SignalId.EccUncorrectedL2Cache] = NoDataReason.NotSupported,
        [SignalId.EccUncorrectedRegisterFile] = NoDataReason.NotSupported,

        // Row remapping took the place of page retirement with Ampere.
        [SignalId.RetiredPagesSingleBit] = NoDataReason.NotSupported,
        [SignalId.RetiredPagesDoubleBit] = NoDataReason.NotSupported,
        [SignalId.RetiredPagesPending] = NoDataReason.NotSupported,
    };

    /// <summary>Functions that later drivers brought.</summary>
    private static readonly Dictionary<SignalId, NoDataReason> Until470 = new()
    {
        [SignalId.UtilizationJpeg] = NoDataReason.SymbolMissing,
        [SignalId.UtilizationOpticalFlow] = NoDataReason.SymbolMissing,
        [SignalId.MemoryReserved] = NoDataReason.SymbolMissing,
        [SignalId.EccSramParity] = NoDataReason.SymbolMissing,
        [SignalId.EccSramSecDed] = NoDataReason.SymbolMissing,
        [SignalId.EccSramThresholdExceeded] = NoDataReason.SymbolMissing,
    };

    /// <summary>Counts of errors inside the chip are for root.</summary>
    private static readonly Dictionary<SignalId, NoDataReason> Unprivileged = new()
    {
        [SignalId.EccSramParity] = NoDataReason.NoPermission,
        [SignalId.EccSramSecDed] = NoDataReason.NoPermission,
        [SignalId.EccSramThresholdExceeded] = NoDataReason.NoPermission,
    };

    [Fact(Timeout = 30_000)]
    public Task With_driver_550() => Holds("r550", Environment.IsPrivilegedProcess ? Always : new(Always.Concat(Unprivileged)));

    [Fact(Timeout = 30_000)]
    public Task With_driver_470() => Holds("r470", new(Always.Concat(Until470)));

    private static async Task Holds(string driver, Dictionary<SignalId, NoDataReason> absent)
    {
        await using var source = await SourceOnNode.StartAsync(driver);
        Assert.Equal((NoDataReason.None, ""), (source.Opening.Absence, source.Opening.Detail));
        var cards = source.Discover();
        Assert.Equal(8, cards.Count);
        for (var ordinal = 0; ordinal < cards.Count; ordinal++)
        {
            var readings = source.Read(ordinal);
            var found = SignalCatalog.All.SelectMany(signal => AbsencesOf(signal.Id, readings));
            Assert.Equal(
                string.Join('\n', absent.OrderBy(row => row.Key).Select(row => $"{row.Key}: {row.Value}")), string.Join('\n', found));
            Assert.All(readings.Where(reading => reading.HasValue), H100Range.Holds);
            Assert.Equal(Enumerable.Range(0, 18), readings.Where(reading => reading.Signal == SignalId.LinkUp).Select(reading => (int)reading.Instance));
            var memory = readings.Where(reading => reading.HasValue && reading.Signal is SignalId.MemoryUsed or SignalId.MemoryFree or SignalId.MemoryReserved);
            Assert.Equal(81559.0 * 1024 * 1024, memory.Sum(reading => reading.Value));
        }
    }

    private static IEnumerable<string> AbsencesOf(SignalId signal, List<Reading> readings)
    {
        var all = readings.FindAll(reading => reading.Signal == signal);
        return all.Count == 0 ? [$"{signal}: not written"] : all.Where(reading => !reading.HasValue).Select(reading => $"{signal}: {reading.Absence}").Distinct();
    }
}
