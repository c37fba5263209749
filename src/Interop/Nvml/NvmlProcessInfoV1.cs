using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlProcessInfo_v1_t of the functions without a suffix: bytes, all ones where the driver does not know.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlProcessInfoV1
{
    public uint Pid;
    public ulong UsedGpuMemory;
}
