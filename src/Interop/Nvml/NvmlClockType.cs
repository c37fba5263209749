namespace Forewarn.Interop.Nvml;

/// <summary>nvmlClockType_t.</summary>
public enum NvmlClockType
{
    Graphics = 0,
    SM = 1,
    Mem = 2,
    Video = 3,
}
