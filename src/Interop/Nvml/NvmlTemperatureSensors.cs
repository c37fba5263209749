namespace Forewarn.Interop.Nvml;

/// <summary>nvmlTemperatureSensors_t.</summary>
public enum NvmlTemperatureSensors
{
    Gpu = 0,
}
