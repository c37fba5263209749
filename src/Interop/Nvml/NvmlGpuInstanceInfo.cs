using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuInstanceInfo_t: Device is the whole GPU.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuInstanceInfo
{
    public NvmlDevice Device;
    public uint Id;
    public uint ProfileId;
    public NvmlGpuInstancePlacement Placement;
}
