namespace Forewarn.Interop.Nvml;

/// <summary>NVML_CC_SYSTEM_MULTIGPU_*.</summary>
public enum NvmlConfComputeMultiGpuMode : uint
{
    None = 0,
    ProtectedPcie = 1,
    Nvle = 2,
}
