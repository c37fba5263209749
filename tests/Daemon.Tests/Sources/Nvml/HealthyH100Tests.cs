using Forewarn.Daemon.Tests.Api;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>Every signal of the catalogue on a healthy H100: a value that such a card can have, or the absence that it is known for.</summary>
public class HealthyH100Tests
{
    /// <summary>Counts of errors inside the chip are for root.</summary>
    private static readonly SignalId[] OfRoot =
    [
        SignalId.EccSramParity, SignalId.EccSramSecDed, SignalId.EccSramDriverParity, SignalId.EccSramDriverSecDed, SignalId.EccSramUnitL2,
        SignalId.EccSramUnitSm, SignalId.EccSramUnitPcie, SignalId.EccSramUnitMicrocontroller, SignalId.EccSramUnitOther, SignalId.EccSramThresholdExceeded,
    ];

    [Theory(Timeout = 30_000)]
    [InlineData("r470")]
    [InlineData("r550")]
    public async Task Has_every_value_that_its_driver_offers(string driver)
    {
        await using var source = await SourceOnNode.StartAsync(driver);
        Assert.Equal((NoDataReason.None, ""), (source.Opening.Absence, source.Opening.Detail));
        var cards = source.Discover();
        Assert.Equal(8, cards.Count);
        for (var ordinal = 0; ordinal < cards.Count; ordinal++)
        {
            // What it does not offer is told each time, though it is asked for once.
            for (var sweep = 0; sweep < 2; sweep++) Holds(driver, source.Read(ordinal));
        }
    }

    private static void Holds(string driver, List<Reading> readings)
    {
        var isRoot = Environment.IsPrivilegedProcess;
        var absent = SignalCatalog.All.Where(signal => isRoot || !OfRoot.Contains(signal.Id)).SelectMany(signal => AbsencesOf(signal.Id, readings));
        Golden.Matches($"Sources/Nvml/golden/h100-absent-{driver}.txt", string.Join('\n', absent) + "\n");
        Assert.All(readings.Where(reading => reading.HasValue), H100Range.Holds);
        Assert.Equal(Enumerable.Range(0, 18), readings.Where(reading => reading.Signal == SignalId.LinkUp).Select(reading => (int)reading.Instance));
        var memory = readings.Where(reading => reading.HasValue && reading.Signal is SignalId.MemoryUsed or SignalId.MemoryFree or SignalId.MemoryReserved);
        Assert.Equal(81559.0 * 1024 * 1024, memory.Sum(reading => reading.Value));
    }

    private static IEnumerable<string> AbsencesOf(SignalId signal, List<Reading> readings)
    {
        var all = readings.FindAll(reading => reading.Signal == signal);
        return all.Count == 0 ? [$"{signal}: not written"] : all.Where(reading => !reading.HasValue).Select(reading => $"{signal}: {reading.Absence}").Distinct();
    }
}
