namespace Forewarn.Interop.Nvml;

/// <summary>healthSummary of nvmlGpuFabricInfo_v3_t.</summary>
public enum NvmlGpuFabricHealthSummary : byte
{
    NotSupported = 0,
    Healthy = 1,
    Unhealthy = 2,
    LimitedCapacity = 3,
}
