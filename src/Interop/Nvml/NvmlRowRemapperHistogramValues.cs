using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlRowRemapperHistogramValues_t: memory banks by how many spare rows they have left, from all of them to none.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlRowRemapperHistogramValues
{
    public uint Max;
    public uint High;
    public uint Partial;
    public uint Low;
    public uint None;
}
