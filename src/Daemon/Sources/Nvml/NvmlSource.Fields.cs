using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>nvml.h: the scope by which the throughput fields tell the sum over all links.</summary>
    private const uint AllLinks = uint.MaxValue;

    /// <summary>nvml.h: the scope of the module that a GPU shares with a CPU.</summary>
    private const uint Module = 1;

    /// <summary>The most lanes that a PCIe link of any card has; those beyond a narrower one are not offered.</summary>
    private const int MaxLanes = 16;

    private static NvmlFieldRow[] SlowFields(NvmlFieldIds ids) =>
    [
        new(NvmlField.TemperatureShutdownTLimit, SignalId.TemperatureTLimitShutdown) { Highest = HighestTemperature },
        new(NvmlField.TemperatureSlowdownTLimit, SignalId.TemperatureTLimitSlowdown) { Highest = HighestTemperature },
        new(NvmlField.TemperatureMemMaxTLimit, SignalId.TemperatureTLimitMemory) { Highest = HighestTemperature },
        new(NvmlField.TemperatureGpuMaxTLimit, SignalId.TemperatureTLimitGpu) { Highest = HighestTemperature },
        Limit(NvmlField.PowerMinLimit, SignalId.PowerLimitLeast),
        Limit(NvmlField.PowerMaxLimit, SignalId.PowerLimitMost),
        Limit(NvmlField.PowerDefaultLimit, SignalId.PowerLimitDefault),
        Limit(NvmlField.PowerRequestedLimit, SignalId.PowerLimitRequested),
        Limit(NvmlField.PowerCurrentLimit, SignalId.PowerModuleLimit, Module),
        Limit(NvmlField.PowerMinLimit, SignalId.PowerModuleLimitLeast, Module),
        Limit(NvmlField.PowerMaxLimit, SignalId.PowerModuleLimitMost, Module),
        Limit(NvmlField.PowerDefaultLimit, SignalId.PowerModuleLimitDefault, Module),
        Limit(NvmlField.PowerRequestedLimit, SignalId.PowerModuleLimitRequested, Module),
        Smoothing(ids, NvmlPowerSmoothingField.Enabled, SignalId.PowerSmoothing),
        Smoothing(ids, NvmlPowerSmoothingField.ActivePresetProfile, SignalId.PowerSmoothingProfile),
        Smoothing(ids, NvmlPowerSmoothingField.AppliedTmpCeil, SignalId.PowerSmoothingCeiling) with { Highest = HighestPower }, // W, unlike all other powers
        Smoothing(ids, NvmlPowerSmoothingField.AppliedTmpFloor, SignalId.PowerSmoothingFloor) with { Highest = HighestPower },
        Smoothing(ids, NvmlPowerSmoothingField.HwCircuitryPercentLifetimeRemaining, SignalId.PowerSmoothingLifetime) with { Unit = Percent, Highest = 1 },
        new(NvmlField.EdppMultiplier, SignalId.PowerPeakMultiplier, Percent),
        new(NvmlField.MmaStallPercent, SignalId.MatrixStall, Percent) { Highest = 1 },
        new(NvmlField.PcieCountCorrectableErrors, SignalId.PcieErrorsCorrectable),
        new(NvmlField.PcieCountNonFatalError, SignalId.PcieErrorsNonFatal),
        new(NvmlField.PcieCountFatalError, SignalId.PcieErrorsFatal),
        new(NvmlField.PcieCountUnsupportedReq, SignalId.PcieErrorsUnsupportedRequest),
        new(NvmlField.PcieCountReceiverError, SignalId.PcieErrorsReceiver),
        new(NvmlField.PcieCountBadTlp, SignalId.PcieErrorsBadTlp),
        new(NvmlField.PcieCountBadDllp, SignalId.PcieErrorsBadDllp),
        new(NvmlField.PcieCountNaksSent, SignalId.PcieErrorsNakSent),
        new(NvmlField.PcieCountNaksReceived, SignalId.PcieErrorsNakReceived),
        new(NvmlField.PcieCountLcrcError, SignalId.PcieErrorsLcrc),
        new(NvmlField.PcieReplayRolloverCounter, SignalId.PcieErrorsReplayRollover),
        new(NvmlField.PcieL0ToRecoveryCounter, SignalId.PcieErrorsRecovery),
        .. Enumerable.Range(0, MaxLanes).Select(static lane =>
            new NvmlFieldRow(NvmlField.PcieCountLaneError, SignalId.PcieErrorsLane) { Scope = (uint)lane, Instance = (ushort)lane }),
        new(NvmlField.PcieOutboundAtomicsMask, SignalId.PcieAtomicsSent),
        new(NvmlField.PcieInboundAtomicsMask, SignalId.PcieAtomicsReceived),
        new(NvmlField.GetGpuRecoveryAction, SignalId.RecoveryAction) { Highest = (int)NvmlGpuRecoveryAction.RecoverImexDomain },
        new(NvmlField.C2CLinkCount, SignalId.CoherentLinks),
    ];

    /// <summary>Of each link. Those of NVLink 5 take the place of counters that Blackwell does not offer any more.</summary>
    private static readonly NvmlFieldRow[] LinkFields =
    [
        new(NvmlField.NvLinkCountMalformedPacketErrors, SignalId.LinkErrorsMalformed),
        new(NvmlField.NvLinkCountBufferOverrunErrors, SignalId.LinkErrorsBufferOverrun),
        new(NvmlField.NvLinkCountRcvErrors, SignalId.LinkErrorsReceive),
        new(NvmlField.NvLinkCountRcvRemoteErrors, SignalId.LinkErrorsReceiveRemote),
        new(NvmlField.NvLinkCountRcvGeneralErrors, SignalId.LinkErrorsReceiveGeneral),
        new(NvmlField.NvLinkCountLocalLinkIntegrityErrors, SignalId.LinkErrorsLocalIntegrity),
        new(NvmlField.NvLinkCountXmitDiscards, SignalId.LinkErrorsTransmitDiscard),
        new(NvmlField.NvLinkCountEffectiveErrors, SignalId.LinkErrorsEffective),
        new(NvmlField.NvLinkCountSymbolErrors, SignalId.LinkErrorsSymbol),
        new(NvmlField.NvLinkCountRawErrorsLane0, SignalId.LinkErrorsRawLane0),
        new(NvmlField.NvLinkCountRawErrorsLane1, SignalId.LinkErrorsRawLane1),
        new(NvmlField.NvLinkCountLinkRecoveryEvents, SignalId.LinkRecoveriesAll),
        new(NvmlField.NvLinkCountLinkRecoverySuccessfulEvents, SignalId.LinkRecoveriesSuccessful),
        new(NvmlField.NvLinkCountLinkRecoveryFailedEvents, SignalId.LinkRecoveriesFailed),
        Ratio(NvmlField.NvLinkCountEffectiveBer, SignalId.LinkBitErrorsEffective),
        Ratio(NvmlField.NvLinkCountSymbolBer, SignalId.LinkBitErrorsSymbol),
        Ratio(NvmlField.NvLinkCountRawBerV2, SignalId.LinkBitErrorsRaw),
        Ratio(NvmlField.NvLinkCountRawBerLane0V2, SignalId.LinkBitErrorsRawLane0),
        Ratio(NvmlField.NvLinkCountRawBerLane1V2, SignalId.LinkBitErrorsRawLane1),
        .. Enumerable.Range(0, SignalCatalog.FecBins).Select(static bin => new NvmlFieldRow(NvmlField.NvLinkCountFecHistory0 + (uint)bin, SignalId.LinkFec0 + (ushort)bin)),
        new(NvmlField.NvLinkPlrXmitBlocks, SignalId.LinkRetryBlocksSent),
        new(NvmlField.NvLinkPlrXmitRetryBlocks, SignalId.LinkRetryBlocksRepeated),
        new(NvmlField.NvLinkCountXmitBytes, SignalId.LinkBytesSent) { Else = new(NvmlField.NvLinkThroughputDataTx, Kibi) },
        new(NvmlField.NvLinkCountRcvBytes, SignalId.LinkBytesReceived) { Else = new(NvmlField.NvLinkThroughputDataRx, Kibi) },
        new(NvmlField.NvLinkCountXmitPackets, SignalId.LinkPacketsSent),
        new(NvmlField.NvLinkCountRcvPackets, SignalId.LinkPacketsReceived),
        new(NvmlField.NvLinkGetSpeed, SignalId.LinkSpeed) { Times = Mega },
        new(NvmlField.NvLinkGetVersion, SignalId.LinkGeneration) { Form = NvmlFieldForm.LinkGeneration },
        new(NvmlField.NvLinkGetPowerState, SignalId.LinkLowPower),
        new(NvmlField.NvLinkRemoteNvLinkId, SignalId.LinkRemoteNumber),
    ];

    private static readonly NvmlFieldRow[] CoherentFields =
    [
        new(NvmlField.C2CLinkGetStatus, SignalId.CoherentLinkUp),
        new(NvmlField.C2CLinkGetMaxBw, SignalId.CoherentLinkSpeedMax) { Times = Mega },
        new(NvmlField.C2CLinkPowerState, SignalId.CoherentLinkLowPower),
        new(NvmlField.C2CLinkErrorIntr, SignalId.CoherentLinkErrorsInterrupt),
        new(NvmlField.C2CLinkErrorReplay, SignalId.CoherentLinkErrorsReplay),
        new(NvmlField.C2CLinkErrorReplayB2B, SignalId.CoherentLinkErrorsReplayPair),
    ];

    private static NvmlFieldRow[] FastFields(NvmlFieldIds ids) =>
    [
        new(NvmlField.MemoryTemp, SignalId.TemperatureMemory) { Highest = HighestTemperature },
        new(NvmlField.PowerInstant, SignalId.PowerInstant, Milli) { Highest = HighestPower },
        new(NvmlField.PowerInstant, SignalId.PowerModule, Milli) { Highest = HighestPower, Scope = Module },
        new(NvmlField.PerfPolicyPower, SignalId.ThrottledPower, Nano),
        new(NvmlField.PerfPolicyThermal, SignalId.ThrottledThermal, Nano),
        new(NvmlField.PerfPolicySyncBoost, SignalId.ThrottledSyncBoost, Nano),
        new(NvmlField.PerfPolicyBoardLimit, SignalId.ThrottledBoardLimit, Nano),
        new(NvmlField.PerfPolicyLowUtilization, SignalId.ThrottledLowUtilization, Nano),
        new(NvmlField.PerfPolicyReliability, SignalId.ThrottledReliability, Nano),
        new(ids.ClocksEventReasonSwThermSlowdown, SignalId.ThrottledSoftwareThermal, Nano),
        new(ids.ClocksEventReasonHwThermSlowdown, SignalId.ThrottledHardwareThermal, Nano),
        new(ids.ClocksEventReasonHwPowerBrakeSlowdown, SignalId.ThrottledHardwarePowerBrake, Nano),
        new(NvmlField.PerfPolicyTotalAppClocks, SignalId.ThrottledApplicationClocks, Nano),
        new(NvmlField.PerfPolicyTotalBaseClocks, SignalId.ThrottledBaseClocks, Nano),
        new(NvmlField.PcieCountTxBytes, SignalId.PcieSent),
        new(NvmlField.PcieCountRxBytes, SignalId.PcieReceived),
        new(NvmlField.NvLinkThroughputDataTx, SignalId.LinksSent) { Scope = AllLinks, Times = Kibi },
        new(NvmlField.NvLinkThroughputDataRx, SignalId.LinksReceived) { Scope = AllLinks, Times = Kibi },
    ];

    private static NvmlFieldRow Limit(uint field, SignalId signal, uint scope = 0) => new(field, signal, Milli) { Highest = HighestPower, Scope = scope };

    private static NvmlFieldRow Ratio(uint field, SignalId signal) => new(field, signal) { Form = NvmlFieldForm.BitErrorRatio, Highest = 1 };

    private static NvmlFieldRow Smoothing(NvmlFieldIds ids, NvmlPowerSmoothingField field, SignalId signal) => new(ids.PowerSmoothing(field), signal);
}
