namespace Forewarn.Interop.Nvml;

/// <summary>NVML_PCIE_ATOMICS_CAP_*, of field values 228 and 229.</summary>
[Flags]
public enum NvmlPcieAtomics : uint
{
    None = 0,
    FetchAdd32 = 0x1,
    FetchAdd64 = 0x2,
    Swap32 = 0x4,
    Swap64 = 0x8,
    Cas32 = 0x10,
    Cas64 = 0x20,
    Cas128 = 0x40,
}
