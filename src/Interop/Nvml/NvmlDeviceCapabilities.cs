using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlDeviceCapabilities_v1_t: bit 0 is extended GPU memory.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlDeviceCapabilities
{
    public uint Version;
    public uint CapMask;
}
