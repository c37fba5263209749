using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuInstancePlacement_t: memory slices.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuInstancePlacement
{
    public uint Start;
    public uint Size;
}
