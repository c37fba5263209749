using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>What a healthy H100 SXM can show, in base units: one wrong factor of a thousand and a value falls out.</summary>
internal static class H100Range
{
    /// <summary>As nvidia-smi -q prints them for this card (native/profiles/h100-8.conf names the sources).</summary>
    private static readonly Dictionary<SignalId, double> Exact = new()
    {
        [SignalId.TemperatureLimitShutdown] = 92,
        [SignalId.TemperatureLimitSlowdown] = 89,
        [SignalId.TemperatureLimitMemory] = 95,
        [SignalId.TemperatureLimitGpu] = 87,
        [SignalId.PowerLimit] = 700,
        [SignalId.ClockMaxGraphics] = 1_980_000_000,
        [SignalId.ClockMaxSm] = 1_980_000_000,
        [SignalId.ClockMaxMemory] = 2_619_000_000,
        [SignalId.ClockMaxVideo] = 1_545_000_000,
        [SignalId.PcieLinkWidth] = 16,
        [SignalId.PcieLinkWidthMax] = 16,
        [SignalId.PcieLinkGenerationMax] = 5,
        [SignalId.LinkUp] = 1,
        [SignalId.LinkGeneration] = 4,
        [SignalId.PowerLimitLeast] = 200,
        [SignalId.PowerLimitMost] = 700,
        [SignalId.PowerLimitDefault] = 700,
        [SignalId.EccEnabled] = 1,
        [SignalId.MigEnabled] = 0,
        [SignalId.RowRemapPending] = 0,
        [SignalId.RowRemapFailed] = 0,
        [SignalId.RowRemapBanksNone] = 0,
        [SignalId.EccSramThresholdExceeded] = 0,
    };

    public static void Holds(Reading reading)
    {
        var (least, most) = Exact.TryGetValue(reading.Signal, out var exact) ? (exact, exact) : Of(reading.Signal);
        Assert.True(reading.Value >= least && reading.Value <= most, $"{reading.Signal} is {reading.Value}, not within {least} and {most}");
    }

    private static (double Least, double Most) Of(SignalId signal) => SignalCatalog.Of(signal).Family switch
    {
        _ when signal is >= SignalId.TemperatureTLimitShutdown and <= SignalId.TemperatureTLimitGpu => (-20, 0),
        _ when signal is SignalId.TemperatureMargin => (0, 80),
        _ when signal is SignalId.LinkSpeed => (26e9, 27e9),
        { Kind: SignalKind.Counter, Unit: SignalUnit.Bytes } => (0, 1e15), // 450 GB/s for a minute, and what was before
        { Unit: SignalUnit.Celsius } => (10, 95),
        { Unit: SignalUnit.Watts } => (50, 750),
        { Unit: SignalUnit.Hertz } => (300e6, 2_619e6),
        { Unit: SignalUnit.Ratio } => (0, 1),
        { Unit: SignalUnit.Bytes } => (0, 128.0 * 1024 * 1024 * 1024), // BAR1 is the largest
        { Unit: SignalUnit.Seconds } => (0, 60),                       // the node has just been started
        { Unit: SignalUnit.Joules } => (0, 60 * 750),
        { Kind: SignalKind.State } => (0, signal switch
        {
            SignalId.PerformanceState => 15,
            SignalId.FabricState => 3,
            SignalId.LinkRemoteType => 2, // a switch
            SignalId.PeerTopology => 50,
            _ => 1,
        }),
        { Kind: SignalKind.Counter } => (0, 100),                      // few errors in a few seconds
        _ when signal == SignalId.PcieLinkGeneration => (1, 5),
        _ => (0, 2560),                                                // banks, and rows remapped
    };
}
