using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>A row for each device: narrow for the status screen, wide for the list.</summary>
internal static class DeviceTable
{
    private static readonly SignalId[] Shown =
    [
        SignalId.TemperatureGpu, SignalId.Power, SignalId.UtilizationGpu, SignalId.MemoryUsed,
        SignalId.EccCorrected, SignalId.EccUncorrected,
    ];

    private static readonly TextColumn[] Readings =
    [
        new("TEMP", Right: true), new("POWER", Right: true), new("UTIL", Right: true), new("MEM GiB", Right: true),
    ];

    /// <summary>The question to the agent that brings what both need.</summary>
    public static string Query { get; } = "/v1/devices?signals=" + string.Join(
        ',', Shown.Concat(DeviceTrouble.Signals).Select(id => SignalCatalog.Of(id).Family.Name).Distinct());

    public static IReadOnlyList<string> Narrow(IEnumerable<DeviceReport> devices, DateTimeOffset now, int width)
    {
        var table = new TextTable(
        [
            new("#", Right: true), new("NAME", Flexible: true), new("PCI ADDRESS"), new("STATE"),
            .. Readings, new("ECC UE", Right: true), new("AGE", Right: true),
        ]);
        foreach (var device in devices)
        {
            table.Add(
            [
                Index(device), Indented(device, DeviceName.Short(device.Vendor, device.Name)), device.PciAddress, DeviceTrouble.Word(device),
                .. Values(device), Count(device, SignalId.EccUncorrected), Age(device, now),
            ]);
        }

        return table.Render(width);
    }

    public static IReadOnlyList<string> Wide(IEnumerable<DeviceReport> devices, DateTimeOffset now)
    {
        var table = new TextTable(
        [
            new("#", Right: true), new("ID"), new("NAME"), new("PCI ADDRESS"), new("SERIAL"), new("SOURCE"), new("STATE"), new("HEALTH"),
            .. Readings, new("ECC CE", Right: true), new("ECC UE", Right: true), new("AGE", Right: true), new("WORKLOAD"),
        ]);
        foreach (var device in devices)
        {
            table.Add(
            [
                Index(device), device.Id, Indented(device, device.Name ?? Quantity.Unknown), device.PciAddress, device.Serial ?? Quantity.Unknown,
                device.Source, device.Presence.ToString(), device.Assessment?.State.ToString() ?? Quantity.Unknown, .. Values(device),
                Count(device, SignalId.EccCorrected), Count(device, SignalId.EccUncorrected), Age(device, now), WorkloadText.Of(device),
            ]);
        }

        return table.Render(int.MaxValue);
    }

    /// <summary>Used and whole. The three add up to the whole (the catalogue says so); without used or free the whole is not known.</summary>
    public static string Memory(DeviceReport device) =>
        device.Value(SignalId.MemoryUsed) is { } used && device.Value(SignalId.MemoryFree) is { } free
            ? Quantity.Gibibytes(used, used + free + (device.Value(SignalId.MemoryReserved) ?? 0))
            : Quantity.Unknown;

    private static string[] Values(DeviceReport device) =>
    [
        device.Value(SignalId.TemperatureGpu) is { } celsius ? Quantity.Whole(celsius, "°C") : Quantity.Unknown,
        device.Value(SignalId.Power) is { } watts ? Quantity.Whole(watts, "W") : Quantity.Unknown,
        device.Value(SignalId.UtilizationGpu) is { } ratio ? Quantity.Whole(ratio * 100, "%") : Quantity.Unknown,
        Memory(device),
    ];

    private static string Count(DeviceReport device, SignalId id) =>
        device.Value(id) is { } count ? Quantity.Whole(count) : Quantity.Unknown;

    private static string Age(DeviceReport device, DateTimeOffset now) =>
        device.LastSample is { } time ? Quantity.Age(now - time) : Quantity.Unknown;

    private static string Index(DeviceReport device) => device.Index?.ToString(CultureInfo.InvariantCulture) ?? Quantity.Unknown;

    private static string Indented(DeviceReport device, string name)
        => device.Parent is null ? name : DeviceName.Part(device.Profile, name);
}
