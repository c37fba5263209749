using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlComputeInstanceInfo_t: Device is the whole GPU.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlComputeInstanceInfo
{
    public NvmlDevice Device;
    public NvmlGpuInstance GpuInstance;
    public uint Id;
    public uint ProfileId;
    public NvmlComputeInstancePlacement Placement;
}
