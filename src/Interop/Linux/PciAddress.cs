using System.Globalization;
using System.Runtime.InteropServices;

namespace Forewarn.Interop.Linux;

/// <summary>
/// Where a function sits on PCI. The kernel writes the domain with four digits, NVML with eight or four, so texts do not
/// compare; addresses do.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PciAddress(uint Domain, byte Bus, byte Device, byte Function) : IComparable<PciAddress>
{
    // 5 bits of device and 3 of function in a configuration address: PCI Local Bus 3.0, section 3.2.2.3.
    private const int LastDevice = 31;
    private const int LastFunction = 7;

    public static bool operator <(PciAddress left, PciAddress right) => left.CompareTo(right) < 0;

    public static bool operator >(PciAddress left, PciAddress right) => left.CompareTo(right) > 0;

    public static bool operator <=(PciAddress left, PciAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >=(PciAddress left, PciAddress right) => left.CompareTo(right) >= 0;

    /// <summary>domain:bus:device.function in hexadecimal.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PciAddress address)
    {
        address = default;
        int colon = text.IndexOf(':');
        if (colon is < 4 or > 8) return false;
        ReadOnlySpan<char> rest = text[(colon + 1)..];
        if (rest.Length != 7 || rest[2] != ':' || rest[5] != '.') return false;
        if (!Hex(text[..colon], out uint domain) || !Hex(rest[..2], out uint bus) || !Hex(rest[3..5], out uint device)
            || !Hex(rest[6..], out uint function) || device > LastDevice || function > LastFunction) return false;
        address = new(domain, (byte)bus, (byte)device, (byte)function);
        return true;
    }

    /// <summary>The same from ASCII, as NVML gives it.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out PciAddress address)
    {
        address = default;
        Span<char> characters = stackalloc char[16];
        if (text.Length > characters.Length) return false;
        for (int i = 0; i < text.Length; i++) characters[i] = (char)text[i];
        return TryParse(characters[..text.Length], out address);
    }

    public int CompareTo(PciAddress other) =>
        (Domain, Bus, Device, Function).CompareTo((other.Domain, other.Bus, other.Device, other.Function));

    /// <summary>As the kernel names it in /sys.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Domain:x4}:{Bus:x2}:{Device:x2}.{Function:x}");

    private static bool Hex(ReadOnlySpan<char> digits, out uint value) =>
        uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
}
