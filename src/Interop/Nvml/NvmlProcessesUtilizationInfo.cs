using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlProcessesUtilizationInfo_v1_t. ProcUtilArray points to entries of the caller, or is 0 to ask for their number.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlProcessesUtilizationInfo
{
    public uint Version;
    public uint ProcessSamplesCount;
    public ulong LastSeenTimeStamp;
    public nint ProcUtilArray;
}
