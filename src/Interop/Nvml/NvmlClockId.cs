namespace Forewarn.Interop.Nvml;

/// <summary>nvmlClockId_t.</summary>
public enum NvmlClockId
{
    Current = 0,
    AppClockTarget = 1,
    AppClockDefault = 2,
    CustomerBoostMax = 3,
}
