using System.Runtime.CompilerServices;

namespace Forewarn.Interop.Nvml;

/// <summary>NVML_MAX_THERMAL_SENSORS_PER_GPU sensors.</summary>
[InlineArray(3)]
public struct NvmlThermalSensors
{
    private NvmlGpuThermalSettingsSensor _first;
}

/// <summary>MAX_CLK_DOMAINS clock domains.</summary>
[InlineArray(32)]
public struct NvmlClkMonFaults
{
    private NvmlClkMonFaultInfo _first;
}

/// <summary>NVML_MAX_GPU_UTILIZATIONS domains.</summary>
[InlineArray(8)]
public struct NvmlPstatesUtilization
{
    private NvmlGpuDynamicPstatesInfoUtilization _first;
}

/// <summary>unsigned int[5] that means nothing yet.</summary>
[InlineArray(5)]
public struct NvmlReserved5
{
    private uint _first;
}

/// <summary>NVML_NVLINK_FIRMWARE_VERSION_LENGTH versions.</summary>
[InlineArray(100)]
public struct NvmlNvlinkFirmwareVersions
{
    private NvmlNvlinkFirmwareVersion _first;
}

/// <summary>
/// NVML_GPM_METRIC_MAX metrics of nvml.h 13.3; older drivers know a shorter array and read as many as they are told.
/// </summary>
[InlineArray(333)]
public struct NvmlGpmMetrics
{
    private NvmlGpmMetric _first;
}

/// <summary>NVML_PRM_DATA_MAX_SIZE bytes of a register.</summary>
[InlineArray(496)]
public struct NvmlPRMData
{
    private byte _first;
}

/// <summary>nvmlMask255_t: bit n of the mask is bit n % 32 of word n / 32.</summary>
[InlineArray(8)]
public struct NvmlMask255
{
    private uint _first;
}
