using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>The API takes identities alone; people take what they see: an index, a serial, or an address with or without its domain.</summary>
internal static class DeviceLookup
{
    /// <summary>The device's id.</summary>
    public static async Task<string> FindAsync(AgentClient client, string name, CancellationToken cancellation)
    {
        var devices = await DevicesAsync(client, cancellation);
        return Find(devices, name)?.Id ?? throw new CommandFailedException(
            $"there is no device \"{name}\"{Suggestion(devices, name)}\nforewarn devices lists them; take the id, the index (#), the PCI address or the serial");
    }

    /// <summary>The id of what is called so now; else the name itself, since what nobody is called now may have been called so earlier.</summary>
    public static async Task<string> FindOrTakeAsync(AgentClient client, string name, CancellationToken cancellation)
        => Find(await DevicesAsync(client, cancellation), name)?.Id ?? name;

    private static async Task<IReadOnlyList<DeviceReport>> DevicesAsync(AgentClient client, CancellationToken cancellation)
        => AgentClient.Read(await client.GetAsync("/v1/devices?signals=none", cancellation), ApiJson.Default.DeviceList).Devices;

    private static DeviceReport? Find(IReadOnlyList<DeviceReport> devices, string name) =>
        devices.FirstOrDefault(device => string.Equals(device.Id, name, StringComparison.OrdinalIgnoreCase))
        ?? devices.FirstOrDefault(device => device.Parent is null && device.Index?.ToString(CultureInfo.InvariantCulture) == name)
        ?? devices.FirstOrDefault(device => device.Parent is { } card && DevicePlace.OfPart(devices.FirstOrDefault(one => one.Id == card)?.Index, device.Index) == name)
        ?? devices.FirstOrDefault(device => IsAt(device.PciAddress, name))
        ?? devices.FirstOrDefault(device => device.Parent is null && device.Serial == name);

    // The driver writes the domain with eight digits, the kernel with four, and most people leave it out.
    private static bool IsAt(string address, string name) => new[] { name, "0000:" + name, name.StartsWith("0000", StringComparison.Ordinal) ? name[4..] : name }
        .Contains(address, StringComparer.OrdinalIgnoreCase);

    // An index that is out of range is near to every other one: then the range says more.
    private static string Suggestion(IReadOnlyList<DeviceReport> devices, string name)
    {
        int[] indices = [.. devices.Where(device => device.Parent is null).Select(device => device.Index).OfType<int>().Order()];
        if (devices.Count == 0) return ": no device has been found at all";
        if (name.All(char.IsAsciiDigit) && name.Length < 4 && indices.Length > 0)
            return string.Create(CultureInfo.InvariantCulture, $": the indices go from {indices[0]} to {indices[^1]}");
        var names = devices.SelectMany(device => (string?[])[device.Id, device.PciAddress, device.PciAddress.Split(':', 2)[^1], device.Serial]).OfType<string>().Append("node");
        return NearestName.Suggest(name, names);
    }
}
