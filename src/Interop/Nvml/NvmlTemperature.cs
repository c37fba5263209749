using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlTemperature_v1_t: °C.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlTemperature
{
    public uint Version;
    public NvmlTemperatureSensors SensorType;
    public int Temperature;
}
