using System.Collections.Immutable;

namespace Forewarn.Predict.Rules;

/// <summary>Every rule there is, by name.</summary>
public static class RuleList
{
    /// <summary>A line each; the name is the key of the configuration, the label of the metric and the file of the runbook.</summary>
    public static ImmutableArray<IHealthRule> All { get; } =
    [
        new ClockMonitorFault(),
        new CoherentLinkDown(),
        new CoherentLinkErrors(),
        new ConfigurationImageInvalid(),
        new EccCorrectedRate(),
        new EccMode(),
        new EccSramPlaces(),
        new EccSramThreshold(),
        new EccUncorrected(),
        new EccUncorrectedRecurring(),
        new EnergyStandsStill(),
        new FabricHealth(),
        new FabricUnjoined(),
        new FanOffTarget(),
        new FanStopped(),
        new HardwareSlowdown(),
        new LinkBitErrors(),
        new LinkCrcErrors(),
        new LinkDown(),
        new LinkErrors(),
        new LinkRecoveries(),
        new MemoryUnrepairable(),
        new PcieErrors(),
        new PcieGenerationReduced(),
        new PcieReplayRate(),
        new PcieWidthReduced(),
        new PersistenceOff(),
        new PowerOverLimit(),
        new PowerSupplyShort(),
        new PowerUnreadable(),
        new RecoveryAdvised(),
        new RepairPending(),
        new RetiredPagesGrowing(),
        new RetiredPagesLimit(),
        new RetiredPagesPending(),
        new RowRemapCount(),
        new RowRemapFailed(),
        new RowRemapPending(),
        new RowRemapSparesLow(),
        new RowRemapSparesSpent(),
        new TemperatureNearLimit(),
        new TemperatureNearShutdown(),
        new TemperatureOverLimit(),
        new ThrottledHardwareThermal(),
        new ThrottledPowerBrake(),
        new ThrottledSoftwareThermal(),
    ];
}
