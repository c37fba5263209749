using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlProcessDetail_v1_t: NvmlProcessInfo with the protected memory of confidential computing, in bytes. It is also the entry that
/// drivers 535.43.02 to 535.86 wrote behind the _v3 process lists.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlProcessDetail
{
    public uint Pid;
    public ulong UsedGpuMemory;
    public uint GpuInstanceId;
    public uint ComputeInstanceId;
    public ulong UsedGpuCcProtectedMemory;
}
