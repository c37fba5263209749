using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class KernelLogTests : IDisposable
{
    private readonly FixtureRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_file_is_opened_read_and_waited_for_and_is_not_the_kernel_log()
    {
        _root.With("kmsg", "3,1,2,-;one\n");
        Assert.Equal(Errno.None, KernelLog.Open(Path.Combine(_root.Path, "kmsg"), out var descriptor));
        Assert.False(KernelLog.Is(descriptor));
        var buffer = new byte[64];
        KernelLog.Wait(descriptor, 1000); // at once: a file is always ready
        Assert.Equal((12, Errno.None), (KernelLog.Read(descriptor, buffer, out var error), error));
        Assert.Equal(0, KernelLog.Read(descriptor, buffer, out error));
        Assert.Equal(Errno.None, FileIdentity.TryRead(descriptor, out var opened));
        Assert.True(opened.IsRegular);
        Assert.Equal(0, Libc.Close(descriptor));
        Assert.Equal(-1, KernelLog.Read(descriptor, buffer, out error));
        Assert.Equal(Errno.BadDescriptor, error);
    }

    [Fact]
    public void What_cannot_be_opened_says_why() => Assert.Equal(Errno.NoEntry, KernelLog.Open(Path.Combine(_root.Path, "none"), out _));

    [Fact]
    public void A_file_that_took_another_s_name_is_another_file()
    {
        _root.With("kmsg", "one");
        Assert.Equal(Errno.None, FileIdentity.TryRead(Path.Combine(_root.Path, "kmsg"), out var first));
        Assert.Equal(Errno.None, FileIdentity.TryRead(Path.Combine(_root.Path, "kmsg"), out var again));
        Assert.Equal(first, again);
        _root.With("other", "two");
        File.Move(Path.Combine(_root.Path, "other"), Path.Combine(_root.Path, "kmsg"), overwrite: true);
        Assert.Equal(Errno.None, FileIdentity.TryRead(Path.Combine(_root.Path, "kmsg"), out var second));
        Assert.NotEqual(first, second);
        Assert.Equal(Errno.NoEntry, FileIdentity.TryRead(Path.Combine(_root.Path, "none"), out _));
    }

    [Fact]
    public void A_device_node_is_known_by_its_number()
    {
        // devices.txt: 1 char 3 is /dev/null.
        Assert.Equal(Errno.None, FileIdentity.TryRead("/dev/null", out var nothing));
        Assert.True(nothing.IsCharacterDevice(1, 3));
        Assert.False(nothing.IsCharacterDevice(1, 11));
        Assert.False(nothing.IsRegular);
    }

    [Fact]
    public void The_time_since_boot_is_read()
    {
        _root.With("proc/uptime", "350735.47 234388.90\n");
        Assert.True(Uptime.TryRead(_root.Path, out var uptime));
        Assert.Equal(TimeSpan.FromSeconds(350735.47), uptime);
        _root.With("proc/uptime", "soon\n");
        Assert.False(Uptime.TryRead(_root.Path, out _));
    }

    [Fact]
    public void A_function_is_below_every_bridge_on_its_way()
    {
        _root.With("sys/devices/pci0000:80/0000:80:01.0/0000:81:00.0/vendor", "0x10de\n");
        Directory.CreateDirectory(Path.Combine(_root.Path, "sys/bus/pci/devices"));
        File.CreateSymbolicLink(Path.Combine(_root.Path, "sys/bus/pci/devices/0000:81:00.0"), "../../../devices/pci0000:80/0000:80:01.0/0000:81:00.0");
        Assert.True(PciDevices.IsBelow(_root.Path, "0000:81:00.0", "0000:80:01.0"));
        Assert.False(PciDevices.IsBelow(_root.Path, "0000:81:00.0", "0000:80:02.0"));
        Assert.False(PciDevices.IsBelow(_root.Path, "0000:99:00.0", "0000:80:01.0"));
    }
}
