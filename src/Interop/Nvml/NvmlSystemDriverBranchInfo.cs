using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSystemDriverBranchInfo_v1_t: "r560_00".</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSystemDriverBranchInfo
{
    public uint Version;
    public AsciiBuffer80 Branch;
}
