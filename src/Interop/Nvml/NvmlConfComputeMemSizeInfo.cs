using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlConfComputeMemSizeInfo_t: KiB.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlConfComputeMemSizeInfo
{
    public ulong ProtectedMemSizeKib;
    public ulong UnprotectedMemSizeKib;
}
