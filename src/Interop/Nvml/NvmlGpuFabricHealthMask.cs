namespace Forewarn.Interop.Nvml;

/// <summary>healthMask of nvmlGpuFabricInfo_v2_t and _v3_t taken apart, by NVML_GPU_FABRIC_HEALTH_MASK_* of nvml.h 13.3.</summary>
public static class NvmlGpuFabricHealthMask
{
    /// <summary>Null in all of these: the driver does not tell.</summary>
    public static bool? DegradedBandwidth(uint mask) => Flag(mask, 0);

    public static bool? RouteRecovery(uint mask) => Flag(mask, 2);

    public static bool? RouteUnhealthy(uint mask) => Flag(mask, 4);

    public static bool? AccessTimeoutRecovery(uint mask) => Flag(mask, 6);

    public static NvmlGpuFabricConfiguration Configuration(uint mask) => (NvmlGpuFabricConfiguration)((mask >> 8) & 0xF);

    public static bool? PartitionAssigned(uint mask) => Flag(mask, 12);

    // Two bits: 0 not supported, 1 true, 2 false.
    private static bool? Flag(uint mask, int shift) => ((mask >> shift) & 0x3) switch
    {
        1 => true,
        2 => false,
        _ => null,
    };
}
