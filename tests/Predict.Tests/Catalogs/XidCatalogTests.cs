using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Tests.Catalogs;

public class XidCatalogTests
{
    [Fact]
    public void Every_public_code_has_one_row_in_order()
    {
        Assert.Equal(Enumerable.Range(1, 176), XidCatalog.All.Select(row => row.Code));
        Assert.All(XidCatalog.All, row =>
        {
            Assert.NotEmpty(row.Name);
            Assert.NotEmpty(row.Meaning);
            Assert.NotEmpty(row.Source);
            Assert.Same(row, XidCatalog.Find(row.Code));
        });
    }

    /// <summary>By hand from NVIDIA's catalogue, and from the columns of our own.</summary>
    [Theory]
    [InlineData(1, "FIFO_ERROR_FIFO_METHOD", ErrorClass.Legacy, Bucket.ContactSupport, Drain.Keep, Chips.None, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(8, "FIFO_ERROR_IDLE_TIMEOUT", ErrorClass.DriverOrApplication, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(11, "GR_ERROR_MISSING_HW", ErrorClass.Application, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(13, "GR_EXCEPTION", ErrorClass.Application, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(14, "FAKE_ERROR", ErrorClass.Information, Bucket.Ignore, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.None, RepairAction.None)]
    [InlineData(31, "FIFO_ERROR_MMU_ERR_FLT", ErrorClass.Application, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(32, "PBDMA_ERROR", ErrorClass.DriverOrApplication, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(38, "FECS_ERR_WATCHDOG_TIMEOUT", ErrorClass.Driver, Bucket.Ignore, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(41, "CE2_ERROR", ErrorClass.DriverOrApplication, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(43, "RESETCHANNEL_VERIF_ERROR", ErrorClass.Application, Bucket.Ignore, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(45, "PREEMPTIVE_REMOVAL", ErrorClass.Application, Bucket.Workflow, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.None, RepairAction.None)]
    [InlineData(46, "GPU_TIMEOUT_ERROR", ErrorClass.Hardware, Bucket.ResetGpu, Drain.Now, Chips.All, false, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(48, "GPU_ECC_DBE", ErrorClass.Memory, Bucket.Workflow, Drain.Now, Chips.All, true, Severity.Failing, WorkAction.CheckpointAndMove, RepairAction.ResetDevice)]
    [InlineData(54, "SILENT_RUNNING_PWR_REDUCED_CLOCKING", ErrorClass.Power, Bucket.CheckMechanicals, Drain.Now, Chips.Boards, false, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.InspectHardware)]
    [InlineData(60, "SEC2_ERROR", ErrorClass.Driver, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(62, "PMU_HALT_ERROR", ErrorClass.Firmware, Bucket.ResetGpu, Drain.Now, Chips.All, true, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(63, "DRAM_RETIREMENT_EVENT", ErrorClass.Memory, Bucket.Ignore, Drain.Soft, Chips.All, true, Severity.Watch, WorkAction.DrainWhenIdle, RepairAction.ResetDevice)]
    [InlineData(64, "DRAM_RETIREMENT_FAILURE", ErrorClass.Memory, Bucket.ResetGpu, Drain.Now, Chips.All, true, Severity.Failing, WorkAction.CheckpointAndMove, RepairAction.ResetDevice)]
    [InlineData(66, "FECS_ERR_REG_ACCESS_VIOLATION", ErrorClass.Driver, Bucket.Ignore, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(68, "NVDEC0_ERROR", ErrorClass.Application, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(70, "CE3_ERROR", ErrorClass.DriverOrApplication, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(74, "NVLINK_ERROR", ErrorClass.Link, Bucket.Workflow, Drain.Decode, Chips.BeforeBlackwell, true, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.InspectFabric)]
    [InlineData(78, "VGPU_START_ERROR", ErrorClass.Configuration, Bucket.UpdateSoftware, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(79, "GPU_HAS_FALLEN_OFF_THE_BUS", ErrorClass.Bus, Bucket.RestartNode, Drain.Now, Chips.All, true, Severity.Failed, WorkAction.StopNow, RepairAction.RebootNode)]
    [InlineData(80, "PBDMA_PUSHBUFFER_CRC_MISMATCH", ErrorClass.Application, Bucket.RestartApp, Drain.Keep, Chips.BeforeBlackwell, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(85, "CE9_ERROR", ErrorClass.DriverOrApplication, Bucket.RestartApp, Drain.Keep, Chips.All, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(92, "EXCESSIVE_SBE_INTERRUPTS", ErrorClass.Memory, Bucket.Ignore, Drain.Soft, Chips.All, false, Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.InspectHardware)]
    [InlineData(93, "INFOROM_ERASE_LIMIT_EXCEEDED", ErrorClass.Hardware, Bucket.Ignore, Drain.Keep, Chips.A100, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(94, "CONTAINED_ERROR", ErrorClass.Memory, Bucket.RestartApp, Drain.Soft, Chips.All, true, Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.ResetDevice)]
    [InlineData(95, "UNCONTAINED_ERROR", ErrorClass.Memory, Bucket.ResetGpu, Drain.Now, Chips.All, true, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(98, "NVDEC7_ERROR", ErrorClass.Application, Bucket.RestartApp, Drain.Keep, Chips.FromHopper, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(105, "NVJPG7_ERROR", ErrorClass.Application, Bucket.RestartApp, Drain.Keep, Chips.FromHopper, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(106, "SMBPBI_TEST_MESSAGE", ErrorClass.Information, Bucket.Ignore, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.None, RepairAction.None)]
    [InlineData(109, "CTXSW_TIMEOUT_ERROR", ErrorClass.DriverOrApplication, Bucket.ResetGpu, Drain.Now, Chips.All, true, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.ResetDevice)]
    [InlineData(110, "SEC_FAULT_ERROR", ErrorClass.Hardware, Bucket.ResetGpu, Drain.Now, Chips.FromHopper, true, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(119, "GSP_RPC_TIMEOUT", ErrorClass.Firmware, Bucket.ResetGpu, Drain.Now, Chips.All, false, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(120, "GSP_ERROR", ErrorClass.Firmware, Bucket.ResetGpu, Drain.Now, Chips.All, true, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(121, "C2C_ERROR", ErrorClass.Link, Bucket.Ignore, Drain.Keep, Chips.GB200, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(125, "INFOROM_FS_ERROR", ErrorClass.Legacy, Bucket.ContactSupport, Drain.Keep, Chips.None, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    [InlineData(133, "CE17_ERROR", ErrorClass.DriverOrApplication, Bucket.RestartApp, Drain.Keep, Chips.Blackwell, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(136, "ALI_TRAINING_FAIL", ErrorClass.Link, Bucket.ResetGpu, Drain.Now, Chips.H100, true, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.ResetDevice)]
    [InlineData(137, "NVLINK_PRIV_ERR", ErrorClass.Application, Bucket.Ignore, Drain.Keep, Chips.All, false, Severity.Info, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(140, "UNRECOVERABLE_ECC_ERROR_ESCAPE", ErrorClass.Memory, Bucket.ResetGpu, Drain.Now, Chips.All, false, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(143, "GPU_INIT_ERROR", ErrorClass.Hardware, Bucket.ResetGpu, Drain.Now, Chips.FromHopper, true, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(149, "NVLINK_NETIR_ERROR", ErrorClass.Link, Bucket.Workflow, Drain.Decode, Chips.Blackwell, true, Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.InspectFabric)]
    [InlineData(151, "KEY_ROTATION_ERROR", ErrorClass.Security, Bucket.RestartVm, Drain.Keep, Chips.FromHopper, false, Severity.Watch, WorkAction.RestartApplication, RepairAction.None)]
    [InlineData(154, "GPU_RECOVERY_ACTION_CHANGED", ErrorClass.Information, Bucket.Workflow, Drain.Decode, Chips.All, false, Severity.Info, WorkAction.None, RepairAction.None)]
    [InlineData(156, "RESOURCE_RETIREMENT_EVENT", ErrorClass.Hardware, Bucket.ResetGpu, Drain.Soft, Chips.FromHopper, true, Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.ResetDevice)]
    [InlineData(158, "GPU_FATAL_TIMEOUT", ErrorClass.Hardware, Bucket.ResetGpu, Drain.Now, Chips.All, true, Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice)]
    [InlineData(161, "CHANNEL_RETIREMENT_FAILURE", ErrorClass.Memory, Bucket.Ignore, Drain.Soft, Chips.Blackwell, true, Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.InspectHardware)]
    [InlineData(167, "PCIE_FATAL_TIMEOUT", ErrorClass.Bus, Bucket.Unpublished, Drain.Now, Chips.FromHopper, false, Severity.Failed, WorkAction.StopNow, RepairAction.RebootNode)]
    [InlineData(172, "UNCORRECTABLE_SRAM_ERROR", ErrorClass.Memory, Bucket.Unpublished, Drain.Now, Chips.All, false, Severity.Failing, WorkAction.CheckpointAndMove, RepairAction.ResetDevice)]
    [InlineData(173, "C2C_FATAL_LINK_FAILURE", ErrorClass.Link, Bucket.Unpublished, Drain.Keep, Chips.None, false, Severity.Watch, WorkAction.Observe, RepairAction.None)]
    public void A_row_says_what_the_catalogue_says(
        int code, string name, ErrorClass kind, Bucket immediate, Drain drain, Chips chips, bool advised, Severity severity, WorkAction work, RepairAction repair)
    {
        var row = XidCatalog.Find(code)!;
        Assert.Equal((name, kind, immediate, drain, chips, advised), (row.Name, row.Class, row.Immediate, row.Drain, row.Chips, row.Advised));
        Assert.Equal((severity, new RecommendedActions(work, repair)), (row.Remedy.Severity, row.Remedy.Actions));
    }

    [Fact]
    public void The_driver_advises_after_these_codes()
    {
        int[] advised = [48, 62, 63, 64, 74, 79, 94, 95, 109, 110, 120, 136, 143, 144, 145, 146, 147, 148, 149, 150, 155, 156, 158, 159, 160, 161];
        Assert.Equal(advised, XidCatalog.All.Where(row => row.Advised).Select(row => row.Code));
    }

    [Fact]
    public void What_is_known_by_name_alone_or_not_used_any_more_raises_nothing_above_watch()
        => Assert.All(
            XidCatalog.All.Where(row => row.Class == ErrorClass.Legacy || row.Source == XidCatalog.Header),
            row => Assert.True(row.Remedy is { Severity: <= Severity.Watch, Actions.Repair: RepairAction.None }));

    [Fact]
    public void An_unknown_code_has_no_row_and_is_only_watched()
    {
        Assert.Null(XidCatalog.Find(999));
        Assert.Null(XidCatalog.Find(-1));
        Assert.Null(XidCatalog.Find(1L << 40));
        Assert.Equal(Severity.Watch, XidCatalog.Unknown.Severity);
        Assert.Equal("Xid 999, unknown code", XidCatalog.Label(999));
    }

    [Fact]
    public void A_repair_has_the_latch_that_it_opens()
    {
        Assert.Equal(Latch.Reboot, XidCatalog.Find(79)!.Remedy.Latch);
        Assert.Equal(Latch.Reset, XidCatalog.Find(95)!.Remedy.Latch);
        Assert.Equal(Latch.None, XidCatalog.Find(13)!.Remedy.Latch);
        Assert.Equal(Latch.Repair, XidCatalog.Find(157)!.Remedy.Latch);
    }
}
