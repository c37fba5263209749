namespace Forewarn.Interop.Nvml;

/// <summary>NVML_FI_PWR_SMOOTHING_*, the eighteen whose ids moved, by their place among them; see <see cref="NvmlFieldIds"/>.</summary>
public enum NvmlPowerSmoothingField
{
    Enabled = 0,
    PrivLvl = 1,
    ImmRampDownEnabled = 2,
    AppliedTmpCeil = 3,
    AppliedTmpFloor = 4,
    MaxPercentTmpFloorSetting = 5,
    MinPercentTmpFloorSetting = 6,
    HwCircuitryPercentLifetimeRemaining = 7,
    MaxNumPresetProfiles = 8,
    ProfilePercentTmpFloor = 9,
    ProfileRampUpRate = 10,
    ProfileRampDownRate = 11,
    ProfileRampDownHystVal = 12,
    ActivePresetProfile = 13,
    AdminOverridePercentTmpFloor = 14,
    AdminOverrideRampUpRate = 15,
    AdminOverrideRampDownRate = 16,
    AdminOverrideRampDownHystVal = 17,
}
