using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlProcessInfo_t of the _v2 and _v3 functions. UsedGpuMemory is in bytes, all ones where the driver does not know; the
/// instances are 0xFFFFFFFF without MIG.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlProcessInfo
{
    public uint Pid;
    public ulong UsedGpuMemory;
    public uint GpuInstanceId;
    public uint ComputeInstanceId;
}
