using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>
/// What i915 and xe write, in their own words. Those with a process in them are as public reports have them, of kernels 5.15 to 7.0; the others as the
/// sources of the drivers have them (Linux, drivers/gpu/drm/xe and i915), which no machine with such a card of ours has confirmed.
/// </summary>
public class IntelLineTests
{
    private const string Xe = "xe 0000:03:00.0: [drm] ";
    private const string Old = "i915 0000:03:00.0: [drm] ";

    [Theory]
    [InlineData(Xe + "GT0: Engine reset: engine_class=rcs, logical_mask: 0x1, guc_id=2", "GT0, rcs")]
    [InlineData(Xe + "Tile0: GT0: Engine reset: engine_class=ccs, logical_mask: 0x1, guc_id=27, state=0x3", "GT0, ccs")]
    [InlineData(Xe + "Tile0: GT0: Engine memory CAT error [18]: class=bcs, logical_mask: 0x1, guc_id=0", "GT0, bcs")]
    [InlineData(Xe + "Tile0: GT0: Timedout job: seqno=4294967169, lrc_seqno=4294967169, guc_id=27, flags=0x0 in Xwayland [1616]", "GT0")]
    [InlineData(Xe + "Xe device coredump has been created", "")]
    [InlineData(Old + "GPU HANG: ecode 9:1:e757fefe, in test_g_monitor_ [25627]", "")]
    [InlineData(Old + "GPU HANG: ecode 12:0:00000000", "")]
    [InlineData(Old + "Resetting rcs0 for preemption time out", "rcs0")]
    [InlineData(Old + "Resetting chip for stopped heartbeat on rcs0", "chip")]
    [InlineData(Old + "GT0: Resetting chip for GuC failed to reset engine mask=0x1", "GT0, chip")]
    [InlineData("i915 0000:03:00.0: Resetting rcs0 for hang on rcs0", "rcs0")]
    public void A_hang_is_reported_and_nobody_is_called(string line, string place)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.DriverTrouble, "pci:0000:03:00.0", "intel"), (happened.Kind, happened.Device!.Id.Value, happened.Device.Vendor.Name));
        Assert.Equal(("reported", place, PrintedSeverity.None), (happened.Detail!.Unit, happened.Detail.Place, happened.Detail.Printed));
    }

    [Theory]
    [InlineData(Xe + "GT0: trying reset from guc_exec_queue_timedout_job [xe]", PrintedSeverity.None)]
    [InlineData(Xe + "GT0: reset started", PrintedSeverity.None)]
    [InlineData(Xe + "Tile0: GT0: reset done", PrintedSeverity.Corrected)]
    [InlineData(Xe + "*ERROR* GT0: reset failed (-ETIMEDOUT)", PrintedSeverity.Fatal)]
    public void A_reset_of_a_part_has_a_beginning_and_an_end(string line, PrintedSeverity printed)
        => Assert.Equal(("reset", "GT0", printed), KernelBench.One(line).Detail is { } detail ? (detail.Unit, detail.Place, detail.Printed) : default);

    [Theory]
    [InlineData(Old + "*ERROR* GT0: Failed to reset chip")]
    [InlineData(Old + "*ERROR* Failed to initialise HW following reset (-5)")]
    [InlineData(Old + "*ERROR* intel_gt_reset_global timed out, cancelling all in-flight rendering.")]
    [InlineData("i915 0000:03:00.0: intel_gt_reset_global timed out, cancelling all in-flight rendering.")]
    public void A_card_that_i915_gave_up_on_takes_no_work(string line)
        => Assert.Equal(("wedged", PrintedSeverity.Fatal), (KernelBench.One(line).Detail!.Unit, KernelBench.One(line).Detail!.Printed));

    /// <summary>One record of three lines, as drm_err writes it.</summary>
    [Fact]
    public void A_card_that_xe_declared_wedged_takes_no_work()
    {
        var happened = KernelBench.One(Xe + @"*ERROR* CRITICAL: Xe has declared device 0000:03:00.0 as wedged.\x0aIOCTLs and executions are blocked. Only a rebind may clear the failure\x0aPlease file a _new_ bug report at https://gitlab.freedesktop.org/drm/xe/kernel/issues/new");
        Assert.Equal((HealthEventKind.DriverTrouble, "pci:0000:03:00.0"), (happened.Kind, happened.Device!.Id.Value));
        Assert.Equal(("wedged", PrintedSeverity.Fatal), (happened.Detail!.Unit, happened.Detail.Printed));
        Assert.Equal("CRITICAL: Xe has declared device 0000:03:00.0 as wedged.", happened.Text);
    }

    [Theory]
    [InlineData(Xe + "GT0: using GuC submission")]
    [InlineData(Xe + "Check your /sys/class/drm/card0/device/devcoredump/data")]
    [InlineData(Old + "reset done[25627] context reset due to GPU hang")]
    [InlineData(Old + "CRITICAL: Xe has declared[25627] context reset due to GPU hang")]
    [InlineData("nouveau 0000:03:00.0: [drm] GT0: reset done")]
    [InlineData("python3[1]: xe 0000:03:00.0: [drm] CRITICAL: Xe has declared device 0000:03:00.0 as wedged.")]
    public void What_else_is_said_and_what_a_process_calls_itself_is_no_event(string line) => Assert.Empty(KernelBench.Of(3, line));
}
