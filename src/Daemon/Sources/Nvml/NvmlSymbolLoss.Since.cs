namespace Forewarn.Daemon.Sources.Nvml;

internal static partial class NvmlSymbolLoss
{
    /// <summary>
    /// The first driver whose public nvml.h declares a function, where that is later than the oldest that is understood, 450.51
    /// (Interop/Nvml/README.md, which tests compare): a library of such a driver without it is not whole.
    /// </summary>
    private static readonly (string Driver, string[] Symbols)[] FirstDrivers =
    [
        ("450.66",
        [
            "nvmlDeviceGetComputeRunningProcesses_v2", "nvmlDeviceGetGraphicsRunningProcesses_v2",
            "nvmlDeviceGetMPSComputeRunningProcesses_v2",
        ]),
        ("455.38", ["nvmlComputeInstanceGetInfo_v2"]),
        ("465.19", ["nvmlGetExcludedDeviceCount", "nvmlGetExcludedDeviceInfoByIndex"]),
        ("470.42", ["nvmlDeviceGetClkMonStatus", "nvmlDeviceGetNvLinkRemoteDeviceType"]),
        ("495.29", ["nvmlDeviceGetIrqNum"]),
        ("510.39",
        [
            "nvmlDeviceGetMemoryBusWidth", "nvmlDeviceGetNumGpuCores", "nvmlDeviceGetMemoryInfo_v2", "nvmlDeviceGetPowerSource",
            "nvmlDeviceGetNumFans", "nvmlDeviceGetPcieLinkMaxSpeed", "nvmlDeviceGetGpuInstanceProfileInfoV",
            "nvmlGpuInstanceGetComputeInstanceProfileInfoV", "nvmlDeviceGetComputeRunningProcesses_v3",
            "nvmlDeviceGetGraphicsRunningProcesses_v3", "nvmlDeviceGetMPSComputeRunningProcesses_v3",
        ]),
        ("510.68", ["nvmlDeviceGetGspFirmwareVersion", "nvmlDeviceGetGspFirmwareMode"]),
        ("515.43", ["nvmlDeviceGetDynamicPstatesInfo", "nvmlDeviceGetThermalSettings", "nvmlDeviceGetDefaultEccMode", "nvmlDeviceGetPcieSpeed"]),
        ("520.56",
        [
            "nvmlDeviceGetTargetFanSpeed", "nvmlGpmQueryDeviceSupport", "nvmlGpmSampleAlloc", "nvmlGpmSampleFree", "nvmlGpmSampleGet",
            "nvmlGpmMetricsGet",
        ]),
        ("525.53", ["nvmlDeviceGetGpuMaxPcieLinkGeneration", "nvmlDeviceGetGpuFabricInfo", "nvmlGpmMigSampleGet"]),
        ("535.43",
        [
            "nvmlDeviceGetModuleId", "nvmlDeviceGetJpgUtilization", "nvmlDeviceGetOfaUtilization",
            "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetSupportedClocksEventReasons", "nvmlSystemGetConfComputeState",
            "nvmlSystemGetConfComputeCapabilities", "nvmlSystemGetConfComputeGpusReadyState", "nvmlDeviceGetConfComputeMemSizeInfo",
            "nvmlDeviceGetConfComputeProtectedMemoryUsage",
        ]),
        ("535.54", ["nvmlGpmQueryIfStreamingEnabled"]),
        ("535.104", ["nvmlDeviceGetRunningProcessDetailList"]),
        ("535.261", ["nvmlDeviceGetLastBBXFlushTime", "nvmlDeviceGetSramEccErrorStatus"]),
        ("545.23", ["nvmlDeviceGetC2cModeInfoV"]),
        ("550.40", ["nvmlDeviceGetPciInfoExt", "nvmlDeviceGetNumaNodeId", "nvmlDeviceGetGpuFabricInfoV", "nvmlDeviceGetProcessesUtilizationInfo"]),
        ("550.54", ["nvmlSystemGetConfComputeSettings"]),
        ("555.42", ["nvmlDeviceGetCapabilities"]),
        ("560.28", ["nvmlSystemGetDriverBranch"]),
        ("565.57", ["nvmlDeviceGetPlatformInfo", "nvmlDeviceGetTemperatureV", "nvmlDeviceGetFanSpeedRPM"]),
        ("570.86",
        [
            "nvmlDeviceGetDramEncryptionMode", "nvmlDeviceWorkloadPowerProfileGetCurrentProfiles", "nvmlDeviceGetMarginTemperature",
            "nvmlDeviceGetNvlinkBwMode",
        ]),
        ("575.51",
        [
            "nvmlDeviceGetHandleByUUIDV", "nvmlSystemEventSetCreate", "nvmlSystemEventSetFree", "nvmlSystemRegisterEvents",
            "nvmlSystemEventSetWait",
        ]),
        ("580.65",
        [
            "nvmlDeviceGetPdi", "nvmlDeviceGetAddressingMode", "nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts",
            "nvmlDeviceGetRepairStatus", "nvmlDeviceGetNvLinkInfo", "nvmlDeviceReadWritePRM_v1",
        ]),
        ("580.82", ["nvmlDeviceGetHostname_v1"]),
        ("580.95", ["nvmlDeviceReadPRMCounters_v1"]),
        ("590.44", ["nvmlDeviceGetUnrepairableMemoryFlag_v1"]),
        ("595.71", ["nvmlDeviceGetRemappedRows_v2"]),
        ("610.43", ["nvmlSystemGetCPER_v1", "nvmlDeviceGetBBXTimeData_v1"]),
    ];

    private static readonly Dictionary<string, Version> SinceDriver = new(
        FirstDrivers.SelectMany(row => row.Symbols.Select(symbol => KeyValuePair.Create(symbol, Version.Parse(row.Driver)))));
}
