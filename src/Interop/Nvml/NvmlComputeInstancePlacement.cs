using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlComputeInstancePlacement_t: compute slices within the GPU instance.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlComputeInstancePlacement
{
    public uint Start;
    public uint Size;
}
