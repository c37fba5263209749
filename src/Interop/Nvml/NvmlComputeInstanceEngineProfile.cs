namespace Forewarn.Interop.Nvml;

/// <summary>NVML_COMPUTE_INSTANCE_ENGINE_PROFILE_*.</summary>
public enum NvmlComputeInstanceEngineProfile : uint
{
    Shared = 0,
}
