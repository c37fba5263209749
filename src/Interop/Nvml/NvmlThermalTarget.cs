namespace Forewarn.Interop.Nvml;

/// <summary>nvmlThermalTarget_t: what a sensor measures.</summary>
public enum NvmlThermalTarget
{
    Unknown = -1,
    None = 0,
    Gpu = 1,
    Memory = 2,
    PowerSupply = 4,
    Board = 8,
    VcdBoard = 9,
    VcdInlet = 10,
    VcdOutlet = 11,
    All = 15,
}
