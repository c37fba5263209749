namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuP2PStatus_t.</summary>
public enum NvmlGpuP2PStatus
{
    Ok = 0,
    ChipsetNotSupported = 1,
    GpuNotSupported = 2,
    IohTopologyNotSupported = 3,
    DisabledByRegkey = 4,
    NotSupported = 5,
    Unknown = 6,
}
