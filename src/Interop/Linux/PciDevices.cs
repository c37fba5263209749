using System.Globalization;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>A function on PCI as the kernel found it. Class is base class, sub-class and interface, 24 bits; Driver the bound one.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PciFunction(PciAddress Address, ushort Vendor, ushort Device, uint Class, int? NumaNode, string? Driver = null);

/// <summary>
/// /sys/bus/pci/devices: what hardware the machine has, whether or not a driver or vendor library knows it. So a card that the
/// driver lost can be told from a card that was never there.
/// </summary>
public static class PciDevices
{
    /// <summary>All functions in order of address; empty where the machine has no PCI or /sys is not there.</summary>
    public static IReadOnlyList<PciFunction> List(string root)
    {
        var directory = new DirectoryInfo(Path.Combine(root, "sys/bus/pci/devices"));
        if (!directory.Exists) return [];

        List<PciFunction> functions = [];
        foreach (FileSystemInfo entry in directory.EnumerateFileSystemInfos())
        {
            if (PciAddress.TryParse(entry.Name, out PciAddress address) && TryRead(entry.FullName, address, out PciFunction function))
                functions.Add(function);
        }

        functions.Sort((left, right) => left.Address.CompareTo(right.Address));
        return functions;
    }

    /// <summary>Whether a function hangs below a port: its folder is a link to a path that names every bridge on the way.</summary>
    public static bool IsBelow(string root, string address, string port)
    {
        try
        {
            string? path = new FileInfo(Path.Combine(root, "sys/bus/pci/devices", address)).LinkTarget;
            return path is not null && path.Contains($"/{port}/", StringComparison.Ordinal);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool TryRead(string path, PciAddress address, out PciFunction function)
    {
        function = default;
        // A function that is unplugged meanwhile has no files any more.
        if (!TryReadHex(path, "vendor", out uint vendor) || !TryReadHex(path, "device", out uint device)
            || !TryReadHex(path, "class", out uint @class)) return false;
        function = new(address, (ushort)vendor, (ushort)device, @class, ReadNumaNode(path), ReadDriver(path));
        return true;
    }

    // A link into /sys/bus/pci/drivers; absent while no driver is bound.
    private static string? ReadDriver(string path)
    {
        try
        {
            return Path.GetFileName(new FileInfo(Path.Combine(path, "driver")).LinkTarget);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // "0x10de" and a line end.
    private static bool TryReadHex(string path, string name, out uint value)
    {
        value = 0;
        Span<byte> buffer = stackalloc byte[16];
        if (!SmallFile.TryRead(Path.Combine(path, name), buffer, out ReadOnlySpan<byte> text)) return false;
        text = text.TrimEnd((byte)'\n');
        return text.StartsWith("0x"u8)
            && uint.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    // −1 says that firmware did not tell: Documentation/ABI/testing/sysfs-bus-pci.
    private static int? ReadNumaNode(string path)
    {
        Span<byte> buffer = stackalloc byte[16];
        if (!SmallFile.TryRead(Path.Combine(path, "numa_node"), buffer, out ReadOnlySpan<byte> text)) return null;
        text = text.TrimEnd((byte)'\n');
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int node) && node >= 0 ? node : null;
    }
}
