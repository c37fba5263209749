using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlRemappedRowsInfo_v2_t: rows in use and set aside; the last two are 0 or 1. It has no version field.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlRemappedRowsInfoV2
{
    public uint CorrActiveRemaps;
    public uint CorrInactiveRemaps;
    public uint UncActiveRemaps;
    public uint UncInactiveRemaps;
    public uint Pending;
    public uint FailureOccurred;
}
