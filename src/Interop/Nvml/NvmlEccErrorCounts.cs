using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlEccErrorCounts_t, deprecated in favour of the memory error counters.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlEccErrorCounts
{
    public ulong L1Cache;
    public ulong L2Cache;
    public ulong DeviceMemory;
    public ulong RegisterFile;
}
