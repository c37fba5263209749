namespace Forewarn.Interop.Nvml;

/// <summary>NVML_COMPUTE_INSTANCE_PROFILE_*.</summary>
public enum NvmlComputeInstanceProfile : uint
{
    Slice1 = 0,
    Slice2 = 1,
    Slice3 = 2,
    Slice4 = 3,
    Slice7 = 4,
    Slice8 = 5,
    Slice6 = 6,
    Slice1Rev1 = 7,
    Slice7Nvl = 8,
}
