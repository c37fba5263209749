using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class ClassDevicesTests : IDisposable
{
    private readonly FixtureRoot _root = new();

    public void Dispose() => _root.Dispose();

    /// <summary>As the kernel sets its links: the class names a folder below the device, in which is a link back to it.</summary>
    [Theory]
    [InlineData("accel", "accel3")]
    [InlineData("habanalabs", "hl3")]
    public void What_a_driver_numbers_is_a_function(string @class, string name)
    {
        const string device = "sys/devices/pci0000:80/0000:80:01.0/0000:b3:00.0";
        _root.With($"{device}/{@class}/{name}/dev", "261:3\n");
        File.CreateSymbolicLink(Path.Combine(_root.Path, device, @class, name, "device"), "../../../0000:b3:00.0");
        Directory.CreateDirectory(Path.Combine(_root.Path, "sys/class", @class));
        File.CreateSymbolicLink(Path.Combine(_root.Path, "sys/class", @class, name), $"../../devices/pci0000:80/0000:80:01.0/0000:b3:00.0/{@class}/{name}");
        Assert.Equal(new PciAddress(0, 0xB3, 0, 0), ClassDevices.Function(_root.Path, @class, name));
        Assert.Null(ClassDevices.Function(_root.Path, @class, name + "1"));
        Assert.Null(ClassDevices.Function(_root.Path, "net", name));
    }

    [Fact]
    public void What_hangs_on_another_bus_has_no_function()
    {
        _root.With("sys/devices/platform/npu.0/uevent", "");
        Directory.CreateDirectory(Path.Combine(_root.Path, "sys/class/accel/accel0"));
        File.CreateSymbolicLink(Path.Combine(_root.Path, "sys/class/accel/accel0/device"), "../../../devices/platform/npu.0");
        Assert.Null(ClassDevices.Function(_root.Path, "accel", "accel0"));
    }

    [Fact]
    public void Where_there_is_no_such_file_system_nothing_is_found() => Assert.Null(ClassDevices.Function("/dev/null", "accel", "accel0"));
}
