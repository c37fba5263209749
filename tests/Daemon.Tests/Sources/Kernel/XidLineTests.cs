using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>Lines as open-gpu-kernel-modules 595.45.04 and its forerunners write them.</summary>
public class XidLineTests
{
    [Theory]
    [InlineData("NVRM: Xid (PCI:0000:81:00): 79, pid='<unknown>', name=<unknown>, GPU has fallen off the bus.", 79, 0, "", "Xid 79: GPU has fallen off the bus.")]
    [InlineData("NVRM: Xid (PCI:0000:81:00): 79, GPU has fallen off the bus.", 79, 0, "", "Xid 79: GPU has fallen off the bus.")]
    [InlineData("NVRM: Xid (0000:81:00): 14, 0000 00000000", 14, 0, "", "Xid 14: 0000 00000000")]
    [InlineData("NVRM: Xid (PCI:0000:81:00.0): 45, pid=1234, name=python, Ch 0000000a", 45, 1234, "python", "Xid 45: Ch 0000000a (process 1234, python)")]
    [InlineData("NVRM: Xid (PCI:00000000:81:00): 43, pid='77', name=my app, Ch 00000010", 43, 77, "my app", "Xid 43: Ch 00000010 (process 77, my app)")]
    [InlineData("NVRM: Xid (PCI:0000:81:00): 63", 63, 0, "", "Xid 63")]
    [InlineData("NVRM: Xid (PCI:0000:81:00): 8, pid=9, name=a", 8, 9, "a", "Xid 8 (process 9, a)")]
    public void Every_form_of_the_line_is_taken_apart(string line, long code, int pid, string name, string text)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.DriverError, code, "kernel"), (happened.Kind, happened.Code, happened.Source));
        Assert.Equal((pid, name, text), (happened.Detail!.Pid, happened.Detail.Process, happened.Text));
        Assert.Equal("GPU-known", happened.Device!.Id.Value);
        Assert.Equal(line, happened.Raw);
    }

    [Fact]
    public void Hex_digits_of_either_case_are_one_place_and_an_unknown_place_is_kept()
    {
        var happened = KernelBench.One("NVRM: Xid (PCI:0001:AB:0C): 62, 0b8a1c2e 00000000");
        Assert.Equal(new Device { Id = DeviceId.AtPci("0001:ab:0c.0"), Vendor = new Vendor("nvidia"), PciAddress = "0001:ab:0c.0" }, happened.Device);
    }

    [Fact]
    public void The_part_of_a_card_is_told()
    {
        var happened = KernelBench.One("NVRM: Xid (PCI:0000:81:00 GPU-I:07 GPU-CI:00): 94, Contained: SM (0x1). RST: No, D-RST: No");
        Assert.Equal((7, 0), (happened.Detail!.Instance, happened.Detail.ComputeInstance));
        Assert.StartsWith("Xid 94 in GPU instance 7, compute instance 0: Contained", happened.Text, StringComparison.Ordinal);
        var whole = KernelBench.One("NVRM: Xid (PCI:0000:81:00 GPU-I:03): 45, Ch 00000001");
        Assert.Equal((3, -1), (whole.Detail!.Instance, whole.Detail.ComputeInstance));
    }

    [Fact]
    public void An_earlier_Xid_that_is_its_cause_is_told()
    {
        var happened = KernelBench.One("NVRM: Xid (PCI:0000:81:00): 45, pid=12, name=x, Ch 00000008 caused by previous Xid 109");
        Assert.Equal((109, "Xid 45: Ch 00000008 (process 12, x)"), (happened.Detail!.CausedBy, happened.Text));
    }

    [Theory]
    [InlineData("13, pid=1, name=x, Graphics SM Warp Exception on (GPC 7, TPC 7, SM 0): Illegal Instruction Parameter", "", "GPC 7, TPC 7, SM 0")]
    [InlineData("13, Graphics Exception: ESR 0x53f730=0x1 0x53f734=0x0", "", "")]
    [InlineData("31, pid=1, name=x, Ch 00000010, intr 10000000. MMU Fault: ENGINE GRAPHICS GPCCLIENT_T1_0 faulted @ 0x7f2a_c0000000. Fault is of type FAULT_PDE ACCESS_TYPE_VIRT_READ",
        "GRAPHICS", "GPCCLIENT_T1_0, FAULT_PDE ACCESS_TYPE_VIRT_READ")]
    [InlineData("45, Ch 0000000a", "", "")]
    [InlineData("48, An uncorrectable double bit error (DBE) has been detected on GPU in the framebuffer at physAddr 0x12000 partition 16, subpartition 3.",
        "", "partition 16, subpartition 3")]
    [InlineData("63, Row Remapper: New row (0x0000000000000abc) marked for remapping, reset gpu to activate.", "", "0x0000000000000abc")]
    [InlineData("63, Row Remapper: New row marked for remapping, reset gpu to activate.", "", "")]
    [InlineData("63, Dynamic Page Retirement: New page retired, reboot to activate (0x00000000001c2d3e).", "", "0x00000000001c2d3e")]
    [InlineData("64, Row Remapper Error: (0x0000000000000abc) - Row Remapping table is full", "", "0x0000000000000abc")]
    [InlineData("64, Row Remapper Error: (0x0000000000000abc) - All reserved rows for bank are remapped", "", "0x0000000000000abc")]
    [InlineData("64, Row Remapper Error: (0x0000000000000abc) - Attempting to remap a reserved row", "", "0x0000000000000abc")]
    [InlineData("64, Row Remapper Error: (0x0000000000000abc) - Internal inforom error", "", "0x0000000000000abc")]
    [InlineData("64, DRAM Retirement failed due to lack of space", "", "")]
    [InlineData("92, Disabling ECC single-bit error interrupts in framebuffer at logical partition 4, due to high error rate", "logical partition 4", "")]
    [InlineData("92, SM SBE interrupt storm detected", "SM", "")]
    [InlineData("109, pid=1, name=x, Ch 00000008, errorString CTX SWITCH TIMEOUT, Info 0x58005", "CTX SWITCH TIMEOUT", "")]
    [InlineData("119, pid=1, name=x, Timeout after 6s of waiting for RPC response from GPU4 GSP! Expected function 76 (GSP_RM_CONTROL) sequence 12 (0x20801702 0x4).",
        "GSP", "function 76 (GSP_RM_CONTROL)")]
    [InlineData("120, GSP Error: Task 1 raised error code 0x5 for reason 0x0 at 0x63c0ee", "GSP", "")]
    [InlineData("140, An uncorrectable ECC error detected (possible firmware handling failure) DRAM:-1840700269, LTC:0, MMU:0, PCIE:0",
        "", "DRAM:-1840700269, LTC:0, MMU:0, PCIE:0")]
    [InlineData("156, TPC retirement: GPC 2 TPC 1 marked for retirement", "", "")]
    [InlineData("157, TPC retirement failed: no spare", "", "")]
    [InlineData("160, Marking Channel 3 in FBPA 2 along with its pair for repair", "", "Channel 3 in FBPA 2")]
    [InlineData("161, Repairing Channel failed as there are no more spare channels.", "", "")]
    [InlineData("171, GDDR, Uncorrectable DRAM error in FBPA 3 subpartition 0 physAddr 0x2a000", "", "FBPA 3 subpartition 0")]
    public void What_the_text_says_of_where_is_kept(string text, string unit, string place)
    {
        var detail = KernelBench.One("NVRM: Xid (PCI:0000:81:00): " + text).Detail!;
        Assert.Equal((unit, place), (detail.Unit, detail.Place));
    }

    [Theory]
    [InlineData("94, Contained: SM (0x1). RST: No, D-RST: No", "SM", false, false)]
    [InlineData("94, Contained: LTC (0x1,0x4). RST: No, D-RST: Yes", "LTC", false, true)]
    [InlineData("95, Uncontained: FBHUB (0x2). RST: Yes, D-RST: No", "FBHUB", true, false)]
    public void Containment_says_what_must_be_done(string text, string unit, bool reset, bool drain)
    {
        var detail = KernelBench.One("NVRM: Xid (PCI:0000:81:00): " + text).Detail!;
        Assert.Equal((unit, reset, drain), (detail.Unit, detail.NeedsReset, detail.NeedsDrain));
    }

    [Theory]
    [InlineData("NVLink: fatal error detected on link 14(0x0, 0x0, 0x10000, 0x0, 0x0, 0x0, 0x0)", 74, 14, PrintedSeverity.Fatal, new uint[] { 0, 0, 0x10000, 0, 0, 0, 0 })]
    [InlineData("NVLink: failed to train link 3 to remote PCI:0000:c1:00", 74, 3, PrintedSeverity.None, new uint[0])]
    [InlineData("NVLink: Link training failed for link 7(0x1, 0x2)", 136, 7, PrintedSeverity.None, new uint[] { 1, 2 })]
    public void Links_of_the_fourth_generation_have_a_number_and_registers(string text, int code, int link, PrintedSeverity printed, uint[] registers)
    {
        var happened = KernelBench.One($"NVRM: Xid (PCI:0000:81:00): {code}, pid=1, name=x, {text}");
        Assert.Equal((link, printed), (happened.Detail!.Link, happened.Detail.Printed));
        Assert.Equal(registers, happened.Detail.Registers);
    }

    [Theory]
    [InlineData(149, "NETIR_LINK_EVT Fatal XC0 i0 Link 08 (0x004505c6 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000 0x00000000)", "NETIR_LINK_EVT", 8, PrintedSeverity.Fatal, "XC0", false)]
    [InlineData(144, "SAW_MVB Nonfatal XC1 i0 Link -1 (0x00000001 0x00000004)", "SAW_MVB", -1, PrintedSeverity.NonFatal, "XC1", false)]
    [InlineData(145, "RLW_SRC_TRACK Link Fatal XC0 i1 Link 17 (0x00000001)", "RLW_SRC_TRACK", 17, PrintedSeverity.Fatal, "XC0", true)]
    [InlineData(146, "TLW_CTRL Nonfatal XC0 i0 Link 02 (0x00000001)", "TLW_CTRL", 2, PrintedSeverity.NonFatal, "XC0", false)]
    [InlineData(147, "TREX Nonfatal XC0 i0 Link 02 (0x00000001)", "TREX", 2, PrintedSeverity.NonFatal, "XC0", false)]
    [InlineData(148, "NVLPW_CTRL Nonfatal XC0 i0 Link 00 (0x00000001)", "NVLPW_CTRL", 0, PrintedSeverity.NonFatal, "XC0", false)]
    [InlineData(150, "MSE Watchdog Fatal XC0 i0 Link -1 (0x00000001)", "MSE Watchdog", -1, PrintedSeverity.Fatal, "XC0", false)]
    public void Links_of_the_fifth_generation_say_unit_gravity_and_flags(
        int code, string text, string unit, int link, PrintedSeverity printed, string contain, bool injected)
    {
        var happened = KernelBench.One($"NVRM: Xid (PCI:0000:81:00): {code}, {text}");
        var detail = happened.Detail!;
        Assert.Equal((unit, link, printed, contain, injected), (detail.Unit, detail.Link, detail.Printed, detail.Place, detail.Injected));
        Assert.True(detail.Registers.Length > 0 && (code != 149 || detail.Registers[0] == 0x004505c6));
    }

    [Theory]
    [InlineData("GPU recovery action changed from 0x0 (None) to 0x4 (Drain and Reset)", 0, 4)]
    [InlineData("GPU recovery action changed from 0x0 (None) to 0x1 (GPU Reset Required)", 0, 1)]
    [InlineData("pid=1, name=x, GPU recovery action changed from 0x1 (PF FLR) to 0x2 (OS Reboot)", 1, 2)]
    public void Advice_is_its_number_whatever_the_wording(string text, int before, int now)
    {
        var detail = KernelBench.One("NVRM: Xid (PCI:0000:81:00): 154, " + text).Detail!;
        Assert.Equal((before, now), (detail.AdviceBefore, detail.Advice));
    }

    /// <summary>
    /// The tracepoint nvidia:nvidia_dev_xid says the same as the driver's own line, and not in the log: only a kernel that was started with tp_printk writes it
    /// there too, under the tracepoint's name.
    /// </summary>
    [Fact]
    public void What_a_tracepoint_repeats_is_not_another_error()
    {
        var happened = KernelBench.Of(4,
            "NVRM: Xid (PCI:0000:81:00): 79, pid=1, name=x, GPU has fallen off the bus.", "nvidia_dev_xid: Xid (PCI:0000:81:00): 79, GPU has fallen off the bus.");
        Assert.Equal((79L, 1L), Assert.Single(happened.Select(one => (one.Code, one.Count))));
    }

    [Fact]
    public void A_shape_that_is_not_known_still_counts_under_its_code()
    {
        var bench = new KernelBench();
        bench.Log.Line("NVRM: GPU3 Xid (PCI:0000:81:00 something new): 48, text").Line("NVRM: Xid (PCI:0000:81:00) 79 fell").Line("NVRM: Xid (who knows): soon");
        bench.Drain();
        Assert.Equal(
            [(HealthEventKind.DriverError, 48L, "GPU-known"), (HealthEventKind.DriverError, 79L, "GPU-known"), (HealthEventKind.DriverTrouble, 0L, null)],
            bench.Events.Select(happened => (happened.Kind, happened.Code, happened.Device?.Id.Value)));
        Assert.Equal("NVRM: Xid (who knows): soon", bench.Events[2].Text);
        Assert.Equal(2, bench.Meters.NotUnderstood);
    }

    [Fact]
    public void What_only_looks_like_one_is_none() => Assert.Empty(KernelBench.Of(3, "myapp: Xid (PCI:0000:81:00): 79, GPU has fallen off the bus."));
}
