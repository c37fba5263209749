using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPRMCounterList_v1_t. Counters points to entries of the caller. It has no version field.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPRMCounterList
{
    public uint NumCounters;
    public nint Counters;
}
