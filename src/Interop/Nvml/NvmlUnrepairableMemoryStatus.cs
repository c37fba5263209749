using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlUnrepairableMemoryStatus_v1_t: 1 when no repair is left. It has no version field.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlUnrepairableMemoryStatus
{
    public uint UnrepairableMemory;
}
