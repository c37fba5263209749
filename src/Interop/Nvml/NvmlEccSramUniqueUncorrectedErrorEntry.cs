using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlEccSramUniqueUncorrectedErrorEntry_v1_t: one place in SRAM that failed, and how often.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlEccSramUniqueUncorrectedErrorEntry
{
    public uint Unit;
    public uint Location;
    public uint Sublocation;
    public uint Extlocation;
    public uint Address;
    public uint IsParity;
    public uint Count;
}
