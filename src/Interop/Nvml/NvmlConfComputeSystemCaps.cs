using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlConfComputeSystemCaps_t: GpusCaps is 1 when the GPUs can compute confidentially.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlConfComputeSystemCaps
{
    public NvmlConfComputeCpuCaps CpuCaps;
    public uint GpusCaps;
}
