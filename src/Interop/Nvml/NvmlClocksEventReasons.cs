namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlClocksEventReason* (ThrottleReason* before driver 535): why clocks are not higher. HwSlowdown is the umbrella of the two
/// that name a cause; alone it may also flash at a change of the performance state.
/// </summary>
[Flags]
public enum NvmlClocksEventReasons : ulong
{
    None = 0,
    GpuIdle = 0x1,
    ApplicationsClocksSetting = 0x2,
    SwPowerCap = 0x4,
    HwSlowdown = 0x8,
    SyncBoost = 0x10,
    SwThermalSlowdown = 0x20,
    HwThermalSlowdown = 0x40,
    HwPowerBrakeSlowdown = 0x80,
    DisplayClockSetting = 0x100,
}
