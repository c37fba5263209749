using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlEccSramUniqueUncorrectedErrorCounts_v1_t. Entries points to entries of the caller, or is 0 to ask for their number.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlEccSramUniqueUncorrectedErrorCounts
{
    public uint Version;
    public uint EntryCount;
    public nint Entries;
}
