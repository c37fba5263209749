namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPowerSource_t.</summary>
public enum NvmlPowerSource : uint
{
    AC = 0,
    Battery = 1,
    Undersized = 2,
}
