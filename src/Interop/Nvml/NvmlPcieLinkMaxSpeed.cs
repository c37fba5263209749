namespace Forewarn.Interop.Nvml;

/// <summary>NVML_PCIE_LINK_MAX_SPEED_*: MT/s of a lane.</summary>
public enum NvmlPcieLinkMaxSpeed : uint
{
    Invalid = 0,
    MTs2500 = 1,
    MTs5000 = 2,
    MTs8000 = 3,
    MTs16000 = 4,
    MTs32000 = 5,
    MTs64000 = 6,
}
