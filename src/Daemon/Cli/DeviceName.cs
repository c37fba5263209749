using System.Globalization;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>What a device is called in a table where the room is short, and by whoever types a command.</summary>
internal static class DeviceName
{
    /// <summary>"NVIDIA H100 80GB HBM3" → "H100 80GB HBM3": the maker is known where the card is.</summary>
    public static string Short(string vendor, string? name) => name switch
    {
        null => Quantity.Unknown,
        _ when name.StartsWith(vendor + " ", StringComparison.OrdinalIgnoreCase) => name[(vendor.Length + 1)..],
        _ => name,
    };

    /// <summary>A part is called by its size and stands under its card.</summary>
    public static string Part(string? profile, string name) => "  " + (profile is null ? name : "MIG " + profile);

    /// <summary>The API takes identities alone; people take what they see: an index, or an address with or without its domain.</summary>
    public static DeviceReport? Find(IReadOnlyList<DeviceReport> devices, string name) =>
        devices.FirstOrDefault(device => device.Id == name)
        ?? devices.FirstOrDefault(device => device.Parent is null && device.Index?.ToString(CultureInfo.InvariantCulture) == name)
        ?? devices.FirstOrDefault(device => IsAt(device.PciAddress, name));

    private static bool IsAt(string address, string name) =>
        string.Equals(address, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(address, "0000:" + name, StringComparison.OrdinalIgnoreCase);
}
