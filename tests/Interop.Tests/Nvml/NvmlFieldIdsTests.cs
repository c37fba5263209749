using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

public sealed class NvmlFieldIdsTests
{
    // Drivers of nvidia-settings' headers: 575.51 moved ids 251 to 273 up, 580.82.07 moved them back; 199 and 200 changed places twice.
    [Theory]
    [InlineData(450, 248, 2, null, null, null, null)]
    [InlineData(535, 54, 3, null, null, null, null)]
    [InlineData(550, 54, 15, null, 199, null, null)]
    [InlineData(555, 42, 2, null, 200, 199, null)]
    [InlineData(565, 57, 1, null, 200, 199, null)]
    [InlineData(570, 86, 16, null, 199, 200, 251)]
    [InlineData(570, 211, 1, null, 199, 200, 251)]
    [InlineData(575, 51, 2, 251, 199, 200, 256)]
    [InlineData(580, 65, 6, 251, 199, 200, 256)]
    [InlineData(580, 76, 5, null, 199, 200, null)]
    [InlineData(580, 82, 7, 269, 199, 200, 251)]
    [InlineData(580, 82, 6, null, 199, 200, null)]
    [InlineData(580, 95, 5, 269, 199, 200, 251)]
    [InlineData(590, 44, 1, 269, 199, 200, 251)]
    [InlineData(610, 43, 2, 269, 199, 200, 251)]
    public void Field_ids_that_moved_follow_the_driver(int major, int minor, int patch, int? clocks, int? mig, int? threshold, int? smoothing)
    {
        NvmlFieldIds ids = NvmlFieldIds.ForDriver(new(major, minor, patch));

        Assert.Equal((uint?)clocks, ids.ClocksEventReasonSwThermSlowdown);
        Assert.Equal((uint?)(clocks + 1), ids.ClocksEventReasonHwThermSlowdown);
        Assert.Equal((uint?)(clocks + 2), ids.ClocksEventReasonHwPowerBrakeSlowdown);
        Assert.Equal((uint?)(clocks + 3), ids.PowerSyncBalancingFreq);
        Assert.Equal((uint?)(clocks + 4), ids.PowerSyncBalancingAf);
        Assert.Equal((uint?)mig, ids.IsMigModeIndependentMigQueryCapable);
        Assert.Equal((uint?)threshold, ids.NvLinkGetPowerThresholdMax);
        Assert.Equal((uint?)smoothing, ids.PowerSmoothing(NvmlPowerSmoothingField.Enabled));
        Assert.Equal((uint?)(smoothing + 7), ids.PowerSmoothing(NvmlPowerSmoothingField.HwCircuitryPercentLifetimeRemaining));
        Assert.Equal((uint?)(smoothing + 17), ids.PowerSmoothing(NvmlPowerSmoothingField.AdminOverrideRampDownHystVal));
    }

    // Both rows lie within 251 to 273 and share no number, whatever the driver.
    [Theory]
    [InlineData(575, 51, 2)]
    [InlineData(580, 65, 6)]
    [InlineData(580, 82, 7)]
    [InlineData(610, 43, 2)]
    public void Ids_that_moved_fill_their_place(int major, int minor, int patch)
    {
        NvmlFieldIds ids = NvmlFieldIds.ForDriver(new(major, minor, patch));
        uint?[] clocks =
        [
            ids.ClocksEventReasonSwThermSlowdown, ids.ClocksEventReasonHwThermSlowdown, ids.ClocksEventReasonHwPowerBrakeSlowdown,
            ids.PowerSyncBalancingFreq, ids.PowerSyncBalancingAf,
        ];

        Assert.Equal(
            Enumerable.Range(251, 23).Select(id => (uint?)id),
            clocks.Concat(Enum.GetValues<NvmlPowerSmoothingField>().Select(ids.PowerSmoothing)).Order());
    }
}
