using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuThermalSettings_t: the first Count entries of Sensor hold.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuThermalSettings
{
    public uint Count;
    public NvmlThermalSensors Sensor;
}
