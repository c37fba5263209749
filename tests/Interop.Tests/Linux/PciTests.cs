using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class PciTests : IDisposable
{
    private readonly FixtureRoot _root = new();

    [Theory]
    [InlineData("0000:18:00.0", 0, 0x18, 0, 0, "0000:18:00.0")]
    [InlineData("00000000:18:00.0", 0, 0x18, 0, 0, "0000:18:00.0")]
    [InlineData("00000001:AF:1F.7", 1, 0xAF, 0x1F, 7, "0001:af:1f.7")]
    [InlineData("10000:e1:00.0", 0x10000, 0xE1, 0, 0, "10000:e1:00.0")]
    public void Two_texts_are_one_address(string text, uint domain, byte bus, byte device, byte function, string name)
    {
        Assert.True(PciAddress.TryParse(text, out PciAddress address));
        Assert.Equal(new(domain, bus, device, function), address);
        Assert.Equal(name, address.ToString());
        Assert.True(PciAddress.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out PciAddress same));
        Assert.Equal(address, same);
    }

    [Theory]
    [InlineData("")]
    [InlineData("18:00.0")]
    [InlineData("0000:18:00")]
    [InlineData("0000:18:20.0")]
    [InlineData("0000:18:00.8")]
    [InlineData("0000:1g:00.0")]
    [InlineData("0000:18:00.0 ")]
    [InlineData("000000000:18:00.0")]
    [InlineData("0000:+1:00.0")]
    public void Anything_else_is_no_address(string text)
    {
        Assert.False(PciAddress.TryParse(text, out _));
        Assert.False(PciAddress.TryParse(System.Text.Encoding.ASCII.GetBytes(text), out _));
    }

    [Fact]
    public void Functions_are_listed_by_address_with_what_they_are()
    {
        Function("0000:9a:00.0", "0x10de", "0x2330", "0x030200", "1");
        Function("0000:18:00.0", "0x10de", "0x2330", "0x030200", "0");
        Function("0000:03:00.0", "0x10de", "0x22a3", "0x068000", "-1");
        _root.With("sys/bus/pci/devices/0000:04:00.0/vendor", "0x10de\n"); // unplugged while we look: no more files
        _root.With("sys/bus/pci/devices/notes.txt/vendor", "0x10de\n");

        Assert.Equal(
            [
                new(new(0, 3, 0, 0), 0x10DE, 0x22A3, 0x068000, null),
                new(new(0, 0x18, 0, 0), 0x10DE, 0x2330, 0x030200, 0),
                new(new(0, 0x9A, 0, 0), 0x10DE, 0x2330, 0x030200, 1),
            ],
            PciDevices.List(_root.Path));
    }

    [Fact]
    public void A_machine_without_pci_has_no_functions() => Assert.Empty(PciDevices.List(_root.Path));

    public void Dispose() => _root.Dispose();

    private void Function(string address, string vendor, string device, string @class, string node)
    {
        string path = $"sys/bus/pci/devices/{address}/";
        _root.With(path + "vendor", vendor + "\n").With(path + "device", device + "\n")
            .With(path + "class", @class + "\n").With(path + "numa_node", node + "\n");
    }
}
