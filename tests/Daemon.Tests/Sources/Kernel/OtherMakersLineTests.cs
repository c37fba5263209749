using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>What drivers of other makers' accelerators write, in their own words.</summary>
public class OtherMakersLineTests
{
    private const string Added = "accel accel0: Successfully added device 0000:21:00.0 to habanalabs driver";

    [Theory]
    [InlineData("habanalabs hl0: ECC error detected. address: 0x7ffc1000. Syndrom: 0x1f. block id 12", 0, "", "address 0x7ffc1000")]
    [InlineData("habanalabs hl0: Received H/W interrupt 35 [\"PCIe_core_derr\"]", 1, "pcie_core_derr", "")]
    [InlineData("habanalabs hl0: Received H/W interrupt 34 [\"PCIe_core_serr\"]", 0, "pcie_core_serr", "")]
    [InlineData("accel accel0: N/A Event: ECC error detected. address: 0x0. Syndrom: 0x3. block id 2. critical 1.", 1, "n/a event", "address 0x0")]
    [InlineData("accel accel0: TPC0_SERR: ECC error detected. address: 0x10. Syndrome: 0x3. wrapper id 2. block id 0x1a. critical 0.", 0, "tpc0_serr", "address 0x10")]
    [InlineData("accel accel0: TPC0_SERR: ECC error detected. address: 0x10. Syndrome: 0x3. wrapper id 2. block id 0x1a. critical 1.", 1, "tpc0_serr", "address 0x10")]
    [InlineData("accel accel0: TPC0_DERR: ECC error detected. address: 0x10. Syndrom: 0x3. block id 2. critical 0.", 1, "tpc0_derr", "address 0x10")]
    public void Memory_errors_of_a_Gaudi(string line, long code, string block, string place)
    {
        var happened = KernelBench.One(Added, "habanalabs hl0: Successfully added device 0000:21:00.0 to habanalabs driver", line);
        Assert.Equal((HealthEventKind.DeviceHardwareError, code, "pci:0000:21:00.0", "habana"), (happened.Kind, happened.Code, happened.Device!.Id.Value, happened.Device.Vendor.Name));
        Assert.Equal((block, place), (happened.Detail!.Unit, happened.Detail.Place));
    }

    [Theory]
    [InlineData("habanalabs hl0: Device heartbeat failed!", "reset", "heartbeat", PrintedSeverity.None)]
    [InlineData("accel accel0: Device heartbeat failed! PCI link is healthy", "reset", "heartbeat", PrintedSeverity.None)]
    [InlineData("accel accel0: Going to reset device", "reset", "", PrintedSeverity.None)]
    [InlineData("habanalabs hl0: Going to RESET device!", "reset", "", PrintedSeverity.None)]
    [InlineData("accel accel0: Successfully finished resetting the 0000:21:00.0 device", "reset", "", PrintedSeverity.Corrected)]
    [InlineData("habanalabs hl0: Failed to reset! Device is NOT usable", "reset", "", PrintedSeverity.Fatal)]
    [InlineData("habanalabs 0000:21:00.0: Failed to initialize hl_device. Device is NOT usable!", "start", "", PrintedSeverity.Fatal)]
    [InlineData("habanalabs hl0: Received H/W interrupt 512 [\"TPC3_QM\"]", "reported", "TPC3_QM", PrintedSeverity.None)]
    public void Trouble_of_a_Gaudi(string line, string unit, string place, PrintedSeverity printed)
    {
        var happened = KernelBench.One(Added, "habanalabs hl0: Successfully added device 0000:21:00.0 to habanalabs driver", line);
        Assert.Equal((HealthEventKind.DriverTrouble, "pci:0000:21:00.0"), (happened.Kind, happened.Device!.Id.Value));
        Assert.Equal((unit, place, printed), (happened.Detail!.Unit, happened.Detail.Place, happened.Detail.Printed));
    }

    [Fact]
    public void A_Gaudi_whose_link_is_broken_is_off_the_bus()
    {
        var happened = KernelBench.One(Added, "accel accel0: Device heartbeat failed! PCI link is broken");
        Assert.Equal((HealthEventKind.DeviceFellOff, "pci:0000:21:00.0"), (happened.Kind, happened.Device!.Id.Value));
    }

    [Theory]
    [InlineData("accel", "accel1")]
    [InlineData("habanalabs", "hl1")]
    public void A_Gaudi_whose_place_the_log_does_not_say_any_more_is_where_sysfs_has_it(string name, string number)
    {
        using var root = new TemporaryFolder();
        var bench = new KernelBench(root: root.Path);
        bench.Log.Line($"{name} {number}: Going to reset device");
        Assert.Null(bench.Drain().Events[0].Device); // the driver has not made it yet

        Directory.CreateDirectory(Path.Join(root.Path, "sys/class", name, number));
        File.CreateSymbolicLink(Path.Join(root.Path, "sys/class", name, number, "device"), "../../../0000:b3:00.0");
        bench.Clock.Advance(KernelDevices.Refresh);
        bench.Log.Line($"{name} {number}: Going to reset device");
        Assert.Equal(("pci:0000:b3:00.0", "habana"), (bench.Drain().Events[1].Device!.Id.Value, bench.Events[1].Device!.Vendor.Name));

        bench.Log.Line($"{name} {number}: Successfully added device 0000:21:00.0 to habanalabs driver").Line($"{name} {number}: Device heartbeat failed!");
        Assert.Equal("pci:0000:21:00.0", bench.Drain().Events[2].Device!.Id.Value); // the log is of then, sysfs of now
    }

    [Fact]
    public void A_card_that_is_plugged_in_is_known_below_its_port()
    {
        using var root = new TemporaryFolder();
        var bench = new KernelBench(root: root.Path);
        const string failed = "pcieport 0000:b0:01.0: AER: device recovery failed";
        bench.Log.Line(failed);
        Assert.Null(bench.Drain().Events[0].Device);
        Directory.CreateDirectory(Path.Join(root.Path, "sys/bus/pci/devices"));
        File.CreateSymbolicLink(Path.Join(root.Path, "sys/bus/pci/devices/0000:81:00.0"), "../../../devices/pci0000:b0/0000:b0:01.0/0000:81:00.0");
        bench.Log.Line(failed);
        Assert.Null(bench.Drain().Events[1].Device); // what was looked at a moment ago is believed
        bench.Clock.Advance(KernelDevices.Refresh);
        bench.Log.Line(failed);
        Assert.Equal(bench.Known.Id, bench.Drain().Events[2].Device!.Id);
    }

    [Fact]
    public void A_Gaudi_whose_place_nobody_said_is_none_that_we_know()
        => Assert.Null(KernelBench.One("accel accel4: Device heartbeat failed! PCI link is healthy").Device);

    [Theory]
    [InlineData("accel accel0: something of another driver")]
    [InlineData("my_driver: Device heartbeat failed!")]
    [InlineData("habanalabs hl0: Loading secured firmware to device, may take some time...")]
    public void What_else_is_said_is_no_event(string line) => Assert.Empty(KernelBench.Of(3, line));

    [Theory]
    [InlineData("MXCD.B4F00.D0.IOCTL.ERROR EID (0000:4f:00.0): 0x2202, device arrary empty", 0x2202, "reported", "IOCTL, die 0", "EID 0x2202: device arrary empty")]
    [InlineData("METAX.B4F00.D1.V12.MMU.ERROR EID (0000:4f:00.0): 0x2101, fault", 0x2101, "page fault", "MMU, die 1", "EID 0x2101 (address translation fault): fault")]
    [InlineData("METAX.B4F00.FW.ALERT EID (0000:4f:00.0): 0x1101, eeprom", 0x1101, "reported", "FW", "EID 0x1101 (checksum of the EEPROM): eeprom")]
    [InlineData("MXGVM.B4F00.VF.ERROR without a code", 0, "reported", "VF", "without a code")]
    public void Errors_of_a_MetaX_card(string line, long code, string unit, string place, string said)
    {
        var happened = KernelBench.One(line);
        Assert.Equal((HealthEventKind.DriverTrouble, code, "pci:0000:4f:00.0", "metax"), (happened.Kind, happened.Code, happened.Device!.Id.Value, happened.Device.Vendor.Name));
        Assert.Equal((unit, place, said), (happened.Detail!.Unit, happened.Detail.Place, happened.Text));
    }

    [Fact]
    public void The_place_of_a_MetaX_card_has_its_domain() => Assert.Equal("pci:0001:4f:02.1", KernelBench.One("MXCD.B14F11.D0.IOCTL.ERROR x").Device!.Id.Value);
}
