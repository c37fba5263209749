namespace Forewarn.Interop.Nvml;

/// <summary>NVML_GPU_INSTANCE_PROFILE_*. NoME and AllME: without and with all media engines.</summary>
public enum NvmlGpuInstanceProfile : uint
{
    Slice1 = 0,
    Slice2 = 1,
    Slice3 = 2,
    Slice4 = 3,
    Slice7 = 4,
    Slice8 = 5,
    Slice6 = 6,
    Slice1Rev1 = 7,
    Slice2Rev1 = 8,
    Slice1Rev2 = 9,
    Slice1Gfx = 10,
    Slice2Gfx = 11,
    Slice4Gfx = 12,
    Slice1NoME = 13,
    Slice2NoME = 14,
    Slice1AllME = 15,
    Slice2AllME = 16,
    Slice3Gfx = 17,
}
