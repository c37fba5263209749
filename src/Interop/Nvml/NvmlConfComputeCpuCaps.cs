namespace Forewarn.Interop.Nvml;

/// <summary>NVML_CC_SYSTEM_CPU_CAPS_*.</summary>
public enum NvmlConfComputeCpuCaps : uint
{
    None = 0,
    AmdSev = 1,
    IntelTdx = 2,
    AmdSevSnp = 3,
    AmdSnpVtom = 4,
}
