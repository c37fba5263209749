namespace Forewarn.Interop.Nvml;

/// <summary>nvmlTemperatureThresholds_t.</summary>
public enum NvmlTemperatureThresholds
{
    Shutdown = 0,
    Slowdown = 1,
    MemMax = 2,
    GpuMax = 3,
    AcousticMin = 4,
    AcousticCurr = 5,
    AcousticMax = 6,
    GpsCurr = 7,
}
