using System.Globalization;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>The API takes identities alone; people take what they see: an index, or an address with or without its domain.</summary>
internal static class DeviceLookup
{
    /// <summary>The device's id.</summary>
    public static async Task<string> FindAsync(AgentClient client, string name, CancellationToken cancellation)
    {
        var body = await client.GetAsync("/v1/devices?signals=none", cancellation);
        var devices = AgentClient.Read(body, ApiJson.Default.DeviceList).Devices;
        var found = devices.FirstOrDefault(device => device.Id == name)
            ?? devices.FirstOrDefault(device => device.Parent is null && device.Index?.ToString(CultureInfo.InvariantCulture) == name)
            ?? devices.FirstOrDefault(device => IsAt(device.PciAddress, name))
            ?? devices.FirstOrDefault(device => device.Serial == name);
        return found?.Id ?? throw new CommandFailedException(
            $"there is no device \"{name}\"\nforewarn devices lists them; take the id, the index (#), the PCI address or the serial");
    }

    private static bool IsAt(string address, string name) =>
        string.Equals(address, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(address, "0000:" + name, StringComparison.OrdinalIgnoreCase);
}
