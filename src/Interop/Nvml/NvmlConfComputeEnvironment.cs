namespace Forewarn.Interop.Nvml;

/// <summary>NVML_CC_SYSTEM_ENVIRONMENT_*.</summary>
public enum NvmlConfComputeEnvironment : uint
{
    Unavailable = 0,
    Sim = 1,
    Prod = 2,
}
