namespace Forewarn.Interop.Nvml;

/// <summary>nvmlMemoryLocation_t.</summary>
public enum NvmlMemoryLocation
{
    L1Cache = 0,
    L2Cache = 1,
    Dram = 2,
    RegisterFile = 3,
    TextureMemory = 4,
    TextureShm = 5,
    Cbu = 6,
    Sram = 7,
}
