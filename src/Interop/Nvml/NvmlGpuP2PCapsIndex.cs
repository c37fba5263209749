namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuP2PCapsIndex_t.</summary>
public enum NvmlGpuP2PCapsIndex
{
    Read = 0,
    Write = 1,
    NvLink = 2,
    Atomics = 3,
    Pci = 4,
    Unknown = 5,
}
