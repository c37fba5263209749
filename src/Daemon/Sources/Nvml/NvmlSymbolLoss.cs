using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Which readings hang on which function of the library; a test holds it in step with what is bound and with what is read.</summary>
internal static class NvmlSymbolLoss
{
    private static readonly SymbolLoss Events = new("the driver's error events (Xid, uncorrectable memory errors)");

    private static readonly Dictionary<string, SymbolLoss> BySymbol = new()
    {
        ["nvmlErrorString"] = SymbolLoss.Nothing,
        ["nvmlSystemGetDriverVersion"] = new("the driver's version, and every field whose number depends on it", [
            SignalId.ThrottledSoftwareThermal, SignalId.ThrottledHardwareThermal, SignalId.ThrottledHardwarePowerBrake]),
        ["nvmlSystemGetNVMLVersion"] = new("the library's version"),
        ["nvmlSystemGetCudaDriverVersion_v2"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetIndex"] = new("label index"),
        ["nvmlDeviceGetName"] = new("the model's name"),
        ["nvmlDeviceGetSerial"] = new("the serial number"),
        ["nvmlDeviceGetBoardPartNumber"] = new("the part number"),
        ["nvmlDeviceGetMinorNumber"] = new("label minor"),
        ["nvmlDeviceGetModuleId"] = new("the place on the baseboard"),
        ["nvmlDeviceGetVbiosVersion"] = new("the VBIOS version"),
        ["nvmlDeviceGetInforomImageVersion"] = new("the InfoROM version"),
        ["nvmlDeviceGetBrand"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetHandleByUUID"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetNumaNodeId"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetArchitecture"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetCudaComputeCapability"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetGspFirmwareVersion"] = new("the GSP firmware's version here"),
        ["nvmlDeviceGetGspFirmwareMode"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetComputeMode"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPersistenceMode"] = SymbolLoss.Of(SignalId.PersistenceEnabled),
        ["nvmlDeviceGetMigMode"] = SymbolLoss.Of(SignalId.MigEnabled),
        ["nvmlDeviceGetMaxMigDeviceCount"] = SymbolLoss.Nothing,

        // Of two versions the older is the last to go: what both give is lost with it.
        ["nvmlDeviceGetMemoryInfo"] = SymbolLoss.Of(SignalId.MemoryUsed, SignalId.MemoryFree),
        ["nvmlDeviceGetMemoryInfo_v2"] = SymbolLoss.Of(SignalId.MemoryReserved),
        ["nvmlDeviceGetBAR1MemoryInfo"] = SymbolLoss.Of(SignalId.Bar1Used, SignalId.Bar1Free),

        ["nvmlDeviceGetUtilizationRates"] = SymbolLoss.Of(SignalId.UtilizationGpu, SignalId.UtilizationMemory),
        ["nvmlDeviceGetEncoderUtilization"] = SymbolLoss.Of(SignalId.UtilizationEncoder),
        ["nvmlDeviceGetDecoderUtilization"] = SymbolLoss.Of(SignalId.UtilizationDecoder),
        ["nvmlDeviceGetJpgUtilization"] = SymbolLoss.Of(SignalId.UtilizationJpeg),
        ["nvmlDeviceGetOfaUtilization"] = SymbolLoss.Of(SignalId.UtilizationOpticalFlow),

        ["nvmlDeviceGetClockInfo"] = SymbolLoss.Of(
            SignalId.ClockGraphics, SignalId.ClockSm, SignalId.ClockMemory, SignalId.ClockVideo),
        ["nvmlDeviceGetMaxClockInfo"] = SymbolLoss.Of(
            SignalId.ClockMaxGraphics, SignalId.ClockMaxSm, SignalId.ClockMaxMemory, SignalId.ClockMaxVideo),
        ["nvmlDeviceGetCurrentClocksEventReasons"] = SymbolLoss.Of(
            SignalId.ClockEventIdle, SignalId.ClockEventApplicationClocks, SignalId.ClockEventSoftwarePowerCap,
            SignalId.ClockEventHardwareSlowdown, SignalId.ClockEventSyncBoost, SignalId.ClockEventSoftwareThermal,
            SignalId.ClockEventHardwareThermal, SignalId.ClockEventHardwarePowerBrake, SignalId.ClockEventDisplay),
        ["nvmlDeviceGetSupportedClocksEventReasons"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPerformanceState"] = SymbolLoss.Of(SignalId.PerformanceState),
        ["nvmlDeviceGetViolationStatus"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetPowerUsage"] = SymbolLoss.Of(SignalId.Power),
        ["nvmlDeviceGetTotalEnergyConsumption"] = SymbolLoss.Of(SignalId.Energy),
        ["nvmlDeviceGetEnforcedPowerLimit"] = SymbolLoss.Of(SignalId.PowerLimit),
        ["nvmlDeviceGetPowerManagementLimit"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPowerManagementDefaultLimit"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPowerManagementLimitConstraints"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetTemperature"] = SymbolLoss.Of(SignalId.TemperatureGpu),
        ["nvmlDeviceGetTemperatureV"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetTemperatureThreshold"] = SymbolLoss.Of(
            SignalId.TemperatureLimitShutdown, SignalId.TemperatureLimitSlowdown, SignalId.TemperatureLimitMemory,
            SignalId.TemperatureLimitGpu),
        ["nvmlDeviceGetFieldValues"] = SymbolLoss.Of(
            SignalId.TemperatureMemory, SignalId.ThrottledPower, SignalId.ThrottledThermal, SignalId.ThrottledSyncBoost,
            SignalId.ThrottledBoardLimit, SignalId.ThrottledLowUtilization, SignalId.ThrottledReliability,
            SignalId.ThrottledSoftwareThermal, SignalId.ThrottledHardwareThermal, SignalId.ThrottledHardwarePowerBrake),

        ["nvmlDeviceGetEccMode"] = SymbolLoss.Of(SignalId.EccEnabled),
        ["nvmlDeviceGetTotalEccErrors"] = SymbolLoss.Of(
            SignalId.EccCorrected, SignalId.EccUncorrected, SignalId.EccLifetimeCorrected, SignalId.EccLifetimeUncorrected),
        ["nvmlDeviceGetMemoryErrorCounter"] = SymbolLoss.Of(
            SignalId.EccCorrectedDram, SignalId.EccCorrectedSram, SignalId.EccCorrectedL1Cache, SignalId.EccCorrectedL2Cache,
            SignalId.EccCorrectedRegisterFile, SignalId.EccUncorrectedDram, SignalId.EccUncorrectedSram,
            SignalId.EccUncorrectedL1Cache, SignalId.EccUncorrectedL2Cache, SignalId.EccUncorrectedRegisterFile),
        ["nvmlDeviceGetSramEccErrorStatus"] = SymbolLoss.Of(
            SignalId.EccSramParity, SignalId.EccSramSecDed, SignalId.EccSramThresholdExceeded),
        ["nvmlDeviceGetRetiredPages"] = SymbolLoss.Of(SignalId.RetiredPagesSingleBit, SignalId.RetiredPagesDoubleBit),
        ["nvmlDeviceGetRetiredPages_v2"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetRetiredPagesPendingStatus"] = SymbolLoss.Of(SignalId.RetiredPagesPending),
        ["nvmlDeviceGetRemappedRows"] = SymbolLoss.Of(
            SignalId.RemappedRowsCorrectable, SignalId.RemappedRowsUncorrectable, SignalId.RowRemapPending, SignalId.RowRemapFailed),
        ["nvmlDeviceGetRowRemapperHistogram"] = SymbolLoss.Of(
            SignalId.RowRemapBanksMax, SignalId.RowRemapBanksHigh, SignalId.RowRemapBanksPartial, SignalId.RowRemapBanksLow,
            SignalId.RowRemapBanksNone),

        ["nvmlDeviceGetPcieReplayCounter"] = SymbolLoss.Of(SignalId.PcieReplays),
        ["nvmlDeviceGetCurrPcieLinkWidth"] = SymbolLoss.Of(SignalId.PcieLinkWidth),
        ["nvmlDeviceGetCurrPcieLinkGeneration"] = SymbolLoss.Of(SignalId.PcieLinkGeneration),
        ["nvmlDeviceGetMaxPcieLinkWidth"] = SymbolLoss.Of(SignalId.PcieLinkWidthMax),
        ["nvmlDeviceGetMaxPcieLinkGeneration"] = SymbolLoss.Of(SignalId.PcieLinkGenerationMax),

        // Links are counted by their state: without it there are none to ask.
        ["nvmlDeviceGetNvLinkState"] = SymbolLoss.Of(
            SignalId.LinkUp, SignalId.LinkErrorsReplay, SignalId.LinkErrorsRecovery, SignalId.LinkErrorsCrcFlit,
            SignalId.LinkErrorsCrcData, SignalId.LinkErrorsEccData),
        ["nvmlDeviceGetNvLinkErrorCounter"] = SymbolLoss.Of(
            SignalId.LinkErrorsReplay, SignalId.LinkErrorsRecovery, SignalId.LinkErrorsCrcFlit, SignalId.LinkErrorsCrcData,
            SignalId.LinkErrorsEccData),
        ["nvmlDeviceGetNvLinkVersion"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetNvLinkRemotePciInfo_v2"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetNvLinkRemoteDeviceType"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetGpuFabricInfoV"] = new("the fabric's state here"),

        ["nvmlEventSetCreate"] = Events,
        ["nvmlEventSetFree"] = Events,
        ["nvmlEventSetWait_v2"] = Events,
        ["nvmlDeviceGetSupportedEventTypes"] = Events,
        ["nvmlDeviceRegisterEvents"] = Events,
    };

    /// <summary>Null for a function that has no row: one that was bound without a thought for this table.</summary>
    public static SymbolLoss? Of(string symbol) => BySymbol.GetValueOrDefault(symbol);
}
