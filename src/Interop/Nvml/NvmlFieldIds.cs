namespace Forewarn.Interop.Nvml;

/// <summary>
/// Ids of field values whose number changed from one driver to another; null where this driver has no such field, or where its
/// number is not known. Asking by a wrong number would give another quantity without any error.
/// </summary>
public sealed record NvmlFieldIds
{
    // nvml.h: the header of driver 575.51 put five fields at 251 and pushed power smoothing up; 580.82.07 put smoothing back
    // where 570 had it and the five behind it. No public header covers what lies between 580.65 and 580.82.07 (580.76 is such a
    // driver), so nothing is claimed for those.
    private static readonly NvmlDriverVersion PowerSmoothingAppears = new(570, 0);
    private static readonly NvmlDriverVersion ClocksFieldsAppear = new(575, 51);
    private static readonly NvmlDriverVersion LastHeaderBeforeMove = new(580, 65);
    private static readonly NvmlDriverVersion ClocksFieldsMoved = new(580, 82, 7);

    /// <summary>ns held back, cumulative: too hot, by software.</summary>
    public uint? ClocksEventReasonSwThermSlowdown { get; private init; }

    /// <summary>ns held back, cumulative: too hot, by hardware.</summary>
    public uint? ClocksEventReasonHwThermSlowdown { get; private init; }

    /// <summary>ns held back, cumulative: the power brake signal.</summary>
    public uint? ClocksEventReasonHwPowerBrakeSlowdown { get; private init; }

    public uint? PowerSyncBalancingFreq { get; private init; }

    public uint? PowerSyncBalancingAf { get; private init; }

    public uint? IsMigModeIndependentMigQueryCapable { get; private init; }

    public uint? NvLinkGetPowerThresholdMax { get; private init; }

    private uint? PowerSmoothingEnabled { get; init; }

    /// <summary>Power smoothing's own eighteen; later ones keep their numbers, see NvmlField.</summary>
    public uint? PowerSmoothing(NvmlPowerSmoothingField field) => PowerSmoothingEnabled + (uint)field;

    public static NvmlFieldIds ForDriver(NvmlDriverVersion driver)
    {
        uint? clocks = ClocksBase(driver);
        // nvml.h: 199 was the MIG query in 550, became the threshold's maximum in 555 to 565, and went back in 570.
        (uint? Mig, uint? Threshold) moved = driver.Major switch
        {
            < 550 => (null, null),
            < 555 => (199, null),
            < 570 => (200, 199),
            _ => (199, 200),
        };
        return new()
        {
            ClocksEventReasonSwThermSlowdown = clocks,
            ClocksEventReasonHwThermSlowdown = clocks + 1,
            ClocksEventReasonHwPowerBrakeSlowdown = clocks + 2,
            PowerSyncBalancingFreq = clocks + 3,
            PowerSyncBalancingAf = clocks + 4,
            PowerSmoothingEnabled = SmoothingBase(driver, clocks),
            IsMigModeIndependentMigQueryCapable = moved.Mig,
            NvLinkGetPowerThresholdMax = moved.Threshold,
        };
    }

    private static uint? SmoothingBase(NvmlDriverVersion driver, uint? clocks)
    {
        if (driver < PowerSmoothingAppears) return null;
        if (driver < ClocksFieldsAppear || clocks == 269) return 251;
        return clocks + 5;
    }

    private static uint? ClocksBase(NvmlDriverVersion driver)
    {
        if (driver >= ClocksFieldsMoved) return 269;
        if (driver < ClocksFieldsAppear) return null;
        return driver.Major < LastHeaderBeforeMove.Major || driver.Minor <= LastHeaderBeforeMove.Minor ? 251 : null;
    }
}
