using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlMarginTemperature_v1_t: °C left to the nearest slowdown; below 0 once past it.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlMarginTemperature
{
    public uint Version;
    public int MarginTemperature;
}
