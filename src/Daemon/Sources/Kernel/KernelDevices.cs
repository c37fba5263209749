using Forewarn.Daemon.Pipeline;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>Whose PCI address a line names. A device that no source has found yet is known by what the driver said of it, else by its place.</summary>
/// <param name="view">What the sources found.</param>
/// <param name="time">The clock.</param>
internal sealed class KernelDevices(NodeView view, TimeProvider time)
{
    /// <summary>
    /// Own figure: what sysfs said is believed so long. A card that is plugged in, or a driver that is loaded anew and numbers its cards otherwise, is known
    /// after it; and a flood of lines reads no file for each.
    /// </summary>
    public static readonly TimeSpan Refresh = TimeSpan.FromSeconds(30);

    /// <summary>More accelerators than any node has; a log that names more is not to be believed.</summary>
    private const int MostNamed = 256;

    /// <summary>The vendors of devices that no source of ours reads yet.</summary>
    public static Vendor Nvidia { get; } = new("nvidia");

    public static Vendor Amd { get; } = new("amd");

    public static Vendor Intel { get; } = new("intel");

    public static Vendor Habana { get; } = new("habana");

    public static Vendor Metax { get; } = new("metax");

    private readonly Dictionary<string, Device> _named = [];
    private readonly Dictionary<string, string> _below = [];
    private readonly Dictionary<string, string> _numbered = [];
    private long _asked = time.GetTimestamp();

    /// <summary>An address as drivers write it, with or without its function, in the kernel's form; null when it is none.</summary>
    public static string? Address(ReadOnlySpan<char> text)
    {
        Span<char> whole = stackalloc char[20];
        if (text.Length is < 10 or > 16) return null;
        text.CopyTo(whole);
        if (!text.Contains('.')) ".0".CopyTo(whole[text.Length..]);
        var length = text.Contains('.') ? text.Length : text.Length + 2;
        return PciAddress.TryParse(whole[..length], out var address) ? address.ToString() : null;
    }

    /// <summary>The device of that maker at this address, known or not.</summary>
    public Device At(string address, Vendor vendor, string name = "", int index = -1) => Known(address)
        ?? new Device { Id = DeviceId.AtPci(address), Vendor = vendor, PciAddress = address, Name = name, Index = index };

    /// <summary>The whole device at this address that a source found or the driver named; null when there is none.</summary>
    public Device? Known(string address)
    {
        foreach (var known in view.Devices)
        {
            if (known.IsWhole && known.Device.PciAddress == address && !known.Device.Id.IsProvisional) return known.Device;
        }

        return _named.GetValueOrDefault(address) ?? view.Devices.FirstOrDefault(known => known.IsWhole && known.Device.PciAddress == address)?.Device;
    }

    /// <summary>The one accelerator below this port; null when there is none, or more than one.</summary>
    public Device? Below(string port)
    {
        Expire();
        if (!_below.TryGetValue(port, out var address))
        {
            var all = view.Devices.Where(known => known.IsWhole && PciDevices.IsBelow(view.Node.Root, known.Device.PciAddress, port)).Take(2).ToList();
            address = all.Count == 1 ? all[0].Device.PciAddress : "";
            if (view.Devices.Length > 0 && _below.Count < MostNamed) _below[port] = address;
        }

        return address.Length == 0 ? null : Known(address);
    }

    /// <summary>The address of what a driver calls by a number, <c>accel3</c>, in that class of sysfs; null where the class has none of that name.</summary>
    public string? Numbered(string deviceClass, string name)
    {
        Expire();
        if (!_numbered.TryGetValue(name, out var address))
        {
            address = ClassDevices.Function(view.Node.Root, deviceClass, name)?.ToString() ?? "";
            if (_numbered.Count < MostNamed) _numbered[name] = address;
        }

        return address.Length == 0 ? null : address;
    }

    /// <summary>The driver said who it is.</summary>
    public Device Name(string address, Vendor vendor, string uuid)
    {
        var device = Known(address) is { } known && known.Id.Value == uuid ? known
            : new Device { Id = new DeviceId(uuid), Vendor = vendor, PciAddress = address };
        if (_named.Count < MostNamed || _named.ContainsKey(address)) _named[address] = device;
        return device;
    }

    /// <summary>Another boot: other cards may be in the slots.</summary>
    public void Forget()
    {
        _named.Clear();
        _below.Clear();
        _numbered.Clear();
    }

    private void Expire()
    {
        if (time.GetElapsedTime(_asked) < Refresh) return;
        _below.Clear();
        _numbered.Clear();
        _asked = time.GetTimestamp();
    }
}
