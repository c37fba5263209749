using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlProcessDetailList_v1_t. ProcArray points to entries of the caller, or is 0 to ask for their number.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlProcessDetailList
{
    public uint Version;
    public NvmlProcessMode Mode;
    public uint NumProcArrayEntries;
    public nint ProcArray;
}
