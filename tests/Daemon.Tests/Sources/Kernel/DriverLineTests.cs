using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>What the drivers of accelerators and switches write beside Xids, in their own words.</summary>
public class DriverLineTests
{
    private const string Uuid = "GPU-6c1dd1d5-1111-2222-3333-444455556666";

    [Theory]
    [InlineData("20034, Fatal, Link 02 LTSSM Fault Up", 20034, PrintedSeverity.Fatal, 2, "SXid 20034, Fatal, link 2: LTSSM Fault Up")]
    [InlineData("19084, Non-fatal, Link 57 AN1 Heartbeat Timeout Error (First)", 19084, PrintedSeverity.NonFatal, 57, "SXid 19084, Non-fatal, link 57: AN1 Heartbeat Timeout Error (First)")]
    [InlineData("12021, Correctable, Link 03 nxbar hdr ecc", 12021, PrintedSeverity.Corrected, 3, "SXid 12021, Correctable, link 3: nxbar hdr ecc")]
    [InlineData("26006, SOE has halted", 26006, PrintedSeverity.None, -1, "SXid 26006: SOE has halted")]
    [InlineData("10001, Non-fatal, PRI Error, instance=4, chiplet=1", 10001, PrintedSeverity.NonFatal, -1, "SXid 10001, Non-fatal: PRI Error, instance=4, chiplet=1")]
    public void Errors_of_a_switch(string text, long code, PrintedSeverity printed, int link, string said)
    {
        var happened = KernelBench.One("nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): " + text);
        Assert.Equal((HealthEventKind.SwitchError, code, said), (happened.Kind, happened.Code, happened.Text));
        Assert.Equal((printed, link), (happened.Detail!.Printed, happened.Detail.Link));
        Assert.Equal(("pci:0000:c1:00.0", 3, "NVSwitch"), (happened.Device!.Id.Value, happened.Device.Index, happened.Device.Name));
    }

    [Fact]
    public void The_lines_that_follow_an_error_of_a_switch_are_not_counted_again() => Assert.Equal(20034, KernelBench.One(
        "nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 20034, Fatal, Link 02 LTSSM Fault Up",
        "nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 20034, Severity 1 Engine instance 02 Sub-engine instance 00",
        "nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 20034, Data {0x00000002, 0x00000002, 0x00000000}").Code);

    [Fact]
    public void A_switch_error_of_unknown_shape_is_told_as_it_stands()
        => Assert.Equal((HealthEventKind.DriverTrouble, "nvidia-nvswitch3: SXid (new): word"), Told(KernelBench.One("nvidia-nvswitch3: SXid (new): word")));

    [Fact]
    public void A_card_off_the_bus_in_each_of_its_shapes()
    {
        var working = KernelBench.One("NVRM: GPU 0000:81:00.0: GPU has fallen off the bus.", "NVRM: GPU 0000:81:00.0: GPU serial number is 1650522000001.");
        Assert.Equal((HealthEventKind.DeviceFellOff, "GPU-known"), (working.Kind, working.Device!.Id.Value));
        string[] probed = ["NVRM: The NVIDIA GPU 0000:9b:00.0", "NVRM: (PCI ID: 10de:2330) installed in this system has", "NVRM: fallen off the bus and is not responding to commands."];
        var three = KernelBench.One(probed);
        Assert.Equal((HealthEventKind.DeviceFellOff, "pci:0000:9b:00.0"), (three.Kind, three.Device!.Id.Value));
        var one = KernelBench.One(string.Join(@"\x0a", probed));
        Assert.Equal((three.Kind, three.Device, three.Text), (one.Kind, one.Device, one.Text));
    }

    [Theory]
    [InlineData("NVRM: GPU 0000:81:00.0: RmInitAdapter failed! (0x62:0x40:2655)", "RmInitAdapter", "0x62:0x40:2655", "GPU-known")]
    [InlineData("NVRM: Rate limiting GSP RPC error prints for GPU at PCI:0000:81:00 (printing 1 of every 30).  The GPU likely needs to be reset.", "GSP", "", "GPU-known")]
    [InlineData("NVRM: nvAssertFailedNoLog: Assertion failed: pKernelGsp != NULL @ kernel_gsp.c:1234", "assertion", "kernel_gsp.c:1234", null)]
    [InlineData("NVRM: GPU0 nvCheckOkFailedNoLog: Check failed: Call timed out [NV_ERR_TIMEOUT] (0x00000065) returned from _issueRpcAndWait(pGpu, pRpc) @ rpc.c:1930", "assertion", "rpc.c:1930", null)]
    [InlineData("NVRM: The NVIDIA probe routine failed for 1 device(s).", "probe", "", null)]
    [InlineData("NVRM: API mismatch: the client has the version 550.54, but", "version", "", null)]
    public void Trouble_of_the_driver(string line, string unit, string place, string? device)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.DriverTrouble, unit, place, device), (happened.Kind, happened.Detail!.Unit, happened.Detail.Place, happened.Device?.Id.Value));
        Assert.Equal(unit == "GSP" ? true : null, happened.Detail.NeedsReset);
    }

    [Fact]
    public void A_device_that_no_source_found_is_known_by_what_the_driver_called_it()
    {
        var events = KernelBench.Of(3, $"NVRM: GPU at PCI:0000:9b:00: {Uuid}", "NVRM: GPU Board Serial Number: 1650522000001", "NVRM: Xid (PCI:0000:9b:00): 79, GPU has fallen off the bus.");
        Assert.Equal([HealthEventKind.DeviceNamed, HealthEventKind.DeviceNamed, HealthEventKind.DriverError], events.Select(happened => happened.Kind));
        Assert.All(events, happened => Assert.Equal((Uuid, "0000:9b:00.0"), (happened.Device!.Id.Value, happened.Device.PciAddress)));
        Assert.Equal("1650522000001", events[1].Device!.Serial);
    }

    [Fact]
    public void A_serial_number_without_a_device_before_it_says_nothing() => Assert.Empty(KernelBench.Of(3, "NVRM: GPU Board Serial Number: 1650522000001"));

    [Fact]
    public void Memory_that_cannot_be_shared_with_an_adapter()
    {
        var happened = KernelBench.One("nvidia-peermem nv_get_p2p_free_callback:127 ERROR detected invalid context, skipping further processing");
        Assert.Equal((HealthEventKind.PeerMemoryTrouble, "nv_get_p2p_free_callback"), (happened.Kind, happened.Detail!.Unit));
        Assert.Empty(KernelBench.Of(6, "nvidia-peermem nv_mem_client_init:600 loaded"));
    }

    [Theory]
    [InlineData("amdgpu: {3}socket: 0, die: 0, 1 new uncorrectable hardware errors detected in umc block", 1, 1, "umc", "socket 0, die 0")]
    [InlineData("amdgpu: 7 new correctable hardware errors detected in gfx block, no user action is needed.", 0, 7, "gfx", "")]
    [InlineData("amdgpu: {3}socket: 1, die: 0, 2 new deferred hardware errors detected in umc block", 2, 2, "umc", "socket 1, die 0")]
    public void Errors_of_the_hardware_that_amdgpu_tells_by_block(string text, long code, long count, string unit, string place)
    {
        var happened = KernelBench.One("amdgpu 0000:c1:00.0: " + text);
        Assert.Equal((HealthEventKind.DeviceHardwareError, code, count), (happened.Kind, happened.Code, happened.Count));
        Assert.Equal((unit, place, "amd"), (happened.Detail!.Unit, happened.Detail.Place, happened.Device!.Vendor.Name));
    }

    [Theory]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: Saved bad pages 256 reaches threshold value 128", "bad pages", PrintedSeverity.Fatal)]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: GPU reset begin!", "reset", PrintedSeverity.None)]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: GPU reset(2) succeeded!", "reset", PrintedSeverity.Corrected)]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: MODE1 reset", "reset", PrintedSeverity.None)]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: VRAM is lost due to GPU reset!", "reset", PrintedSeverity.Fatal)]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: [gfxhub] page fault (src_id:0 ring:24 vmid:3 pasid:32769)", "page fault", PrintedSeverity.None)]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: ring gfx_0.0.0 timeout, signaled seq=10, emitted seq=12", "job", PrintedSeverity.None)]
    public void Trouble_of_amdgpu(string line, string unit, PrintedSeverity printed)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.DriverTrouble, unit, printed), (happened.Kind, happened.Detail!.Unit, happened.Detail.Printed));
        Assert.Equal("pci:0000:c1:00.0", happened.Device!.Id.Value);
    }

    [Fact]
    public void A_job_that_timed_out_on_an_older_amdgpu_is_of_the_device_that_the_record_names()
    {
        var bench = new KernelBench();
        bench.Log.Line("[drm:amdgpu_job_timedout [amdgpu]] *ERROR* ring sdma0 timeout, signaled seq=1, emitted seq=3", dictionary: " SUBSYSTEM=pci\n DEVICE=+pci:0000:c1:00.0\n");
        var happened = Assert.Single(bench.Drain().Events);
        Assert.Equal(("job", "sdma0", "pci:0000:c1:00.0"), (happened.Detail!.Unit, happened.Detail.Place, happened.Device!.Id.Value));
    }

    [Theory]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: 12 uncorrectable hardware errors detected in total in umc block")]
    [InlineData("amdgpu 0000:c1:00.0: amdgpu: 0 new correctable hardware errors detected in umc block")]
    [InlineData("[drm] amdgpu kernel modesetting enabled.")]
    [InlineData("NVRM: loading NVIDIA UNIX x86_64 Kernel Module  550.163.01")]
    public void What_only_repeats_or_is_no_trouble_says_nothing(string line) => Assert.Empty(KernelBench.Of(3, line));

    private static (HealthEventKind, string) Told(HealthEvent happened) => (happened.Kind, happened.Text);
}
