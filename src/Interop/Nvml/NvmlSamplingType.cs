namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSamplingType_t: mW, percent or MHz.</summary>
public enum NvmlSamplingType
{
    TotalPower = 0,
    GpuUtilization = 1,
    MemoryUtilization = 2,
    EncUtilization = 3,
    DecUtilization = 4,
    ProcessorClk = 5,
    MemoryClk = 6,
    ModulePower = 7,
    JpgUtilization = 8,
    OfaUtilization = 9,
}
