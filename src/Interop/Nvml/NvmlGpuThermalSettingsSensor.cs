using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// One sensor of nvmlGpuThermalSettings_t: °C. Controller is an nvmlThermalController_t: the chip that measures, 1 the GPU itself,
/// -1 not known.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuThermalSettingsSensor
{
    public int Controller;
    public int DefaultMinTemp;
    public int DefaultMaxTemp;
    public int CurrentTemp;
    public NvmlThermalTarget Target;
}
