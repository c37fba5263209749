namespace Forewarn.Interop.Nvml;

/// <summary>nvmlDeviceArchitecture_t.</summary>
public enum NvmlDeviceArchitecture : uint
{
    None = 0,
    Kepler = 2,
    Maxwell = 3,
    Pascal = 4,
    Volta = 5,
    Turing = 6,
    Ampere = 7,
    Ada = 8,
    Hopper = 9,
    Blackwell = 10,
    Rubin = 13,
    Unknown = 0xFFFFFFFF,
}
