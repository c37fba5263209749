using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal static partial class NvmlSymbolLoss
{
    /// <summary>What a card does now, within which limits and in which modes.</summary>
    private static Dictionary<string, SymbolLoss> OfState => new()
    {
        ["nvmlDeviceGetMemoryInfo"] = SymbolLoss.Of(SignalId.MemoryUsed, SignalId.MemoryFree) with { Unless = "nvmlDeviceGetMemoryInfo_v2" },
        ["nvmlDeviceGetMemoryInfo_v2"] = SymbolLoss.Of(SignalId.MemoryReserved),
        ["nvmlDeviceGetBAR1MemoryInfo"] = SymbolLoss.Of(SignalId.Bar1Used, SignalId.Bar1Free),

        ["nvmlDeviceGetUtilizationRates"] = SymbolLoss.Of(SignalId.UtilizationGpu, SignalId.UtilizationMemory),
        ["nvmlDeviceGetEncoderUtilization"] = SymbolLoss.Of(SignalId.UtilizationEncoder),
        ["nvmlDeviceGetDecoderUtilization"] = SymbolLoss.Of(SignalId.UtilizationDecoder),
        ["nvmlDeviceGetJpgUtilization"] = SymbolLoss.Of(SignalId.UtilizationJpeg),
        ["nvmlDeviceGetOfaUtilization"] = SymbolLoss.Of(SignalId.UtilizationOpticalFlow),
        ["nvmlDeviceGetSamples"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetClockInfo"] = SymbolLoss.Of(
            SignalId.ClockGraphics, SignalId.ClockSm, SignalId.ClockMemory, SignalId.ClockVideo),
        ["nvmlDeviceGetMaxClockInfo"] = SymbolLoss.Of(
            SignalId.ClockMaxGraphics, SignalId.ClockMaxSm, SignalId.ClockMaxMemory, SignalId.ClockMaxVideo),
        ["nvmlDeviceGetClock"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetApplicationsClock"] = SymbolLoss.Of(SignalId.ClockApplicationGraphics, SignalId.ClockApplicationMemory),
        ["nvmlDeviceGetMaxCustomerBoostClock"] = SymbolLoss.Of(SignalId.ClockBoostGraphics, SignalId.ClockBoostMemory),
        ["nvmlDeviceGetClkMonStatus"] = SymbolLoss.Of(SignalId.ClockMonitorFault),
        ["nvmlDeviceGetCurrentClocksEventReasons"] = SymbolLoss.Of(
            SignalId.ClockEventIdle, SignalId.ClockEventApplicationClocks, SignalId.ClockEventSoftwarePowerCap,
            SignalId.ClockEventHardwareSlowdown, SignalId.ClockEventSyncBoost, SignalId.ClockEventSoftwareThermal,
            SignalId.ClockEventHardwareThermal, SignalId.ClockEventHardwarePowerBrake, SignalId.ClockEventDisplay),
        ["nvmlDeviceGetSupportedClocksEventReasons"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPerformanceState"] = SymbolLoss.Of(SignalId.PerformanceState),
        ["nvmlDeviceGetDynamicPstatesInfo"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetViolationStatus"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetPowerUsage"] = SymbolLoss.Of(SignalId.Power),
        ["nvmlDeviceGetTotalEnergyConsumption"] = SymbolLoss.Of(SignalId.Energy),
        ["nvmlDeviceGetEnforcedPowerLimit"] = SymbolLoss.Of(SignalId.PowerLimit),
        ["nvmlDeviceGetPowerSource"] = SymbolLoss.Of(SignalId.PowerSource),
        ["nvmlDeviceGetPowerManagementMode"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPowerManagementLimit"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPowerManagementDefaultLimit"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPowerManagementLimitConstraints"] = SymbolLoss.Nothing,
        ["nvmlDeviceWorkloadPowerProfileGetCurrentProfiles"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetTemperature"] = SymbolLoss.Of(SignalId.TemperatureGpu) with { Unless = "nvmlDeviceGetTemperatureV" },
        ["nvmlDeviceGetTemperatureV"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetMarginTemperature"] = SymbolLoss.Of(SignalId.TemperatureMargin),
        ["nvmlDeviceGetThermalSettings"] = SymbolLoss.Of(SignalId.TemperatureBoard, SignalId.TemperaturePowerSupply),
        ["nvmlDeviceGetTemperatureThreshold"] = SymbolLoss.Of(
            SignalId.TemperatureLimitShutdown, SignalId.TemperatureLimitSlowdown, SignalId.TemperatureLimitMemory, SignalId.TemperatureLimitGpu,
            SignalId.TemperatureLimitAcousticLeast, SignalId.TemperatureLimitAcoustic, SignalId.TemperatureLimitAcousticMost),
        ["nvmlDeviceGetFieldValues"] = SymbolLoss.Of([
            .. NvmlSource.AllReaders.SelectMany(reader => reader.Fields).Select(row => row.Signal).Distinct()]),

        // Without their number fans are asked for until one is refused; without the function for one fan there is a number of the card.
        ["nvmlDeviceGetNumFans"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetFanSpeed"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetFanSpeed_v2"] = SymbolLoss.Of(SignalId.FanSpeed) with { Unless = "nvmlDeviceGetFanSpeed" },
        ["nvmlDeviceGetTargetFanSpeed"] = SymbolLoss.Of(SignalId.FanTarget),
        ["nvmlDeviceGetFanSpeedRPM"] = SymbolLoss.Of(SignalId.FanRevolutions),

        ["nvmlDeviceGetPersistenceMode"] = SymbolLoss.Of(SignalId.PersistenceEnabled),
        ["nvmlDeviceGetComputeMode"] = SymbolLoss.Of(SignalId.ComputeMode),
        ["nvmlDeviceGetGspFirmwareMode"] = SymbolLoss.Of(SignalId.GspEnabled),
        ["nvmlDeviceGetDramEncryptionMode"] = SymbolLoss.Of(SignalId.MemoryEncrypted),
        ["nvmlDeviceGetConfComputeProtectedMemoryUsage"] = SymbolLoss.Of(SignalId.ProtectedMemoryUsed, SignalId.ProtectedMemoryFree),
        ["nvmlDeviceGetConfComputeMemSizeInfo"] = SymbolLoss.Nothing,
        ["nvmlSystemGetConfComputeCapabilities"] = Trait("confidential_host"),
        ["nvmlSystemGetConfComputeGpusReadyState"] = SymbolLoss.Of(SignalId.ConfidentialReady),
        ["nvmlSystemGetConfComputeSettings"] = Trait("confidential_multi_device"),
    };
}
