using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>Everything about one device: identity, presence, every signal with its value or the reason why there is none.</summary>
internal static class DeviceDetail
{
    public static IEnumerable<Line> Render(SingleDevice answer, int width, TimeZoneInfo zone)
    {
        var device = answer.Device;
        if (answer.Simulated) yield return new("SIMULATED NODE: nothing below comes from real hardware", Tone.Warning);
        foreach (var (name, value) in Identity(device, answer.Time))
        {
            yield return new($"{name,-22} {value ?? Quantity.Unknown}");
        }

        foreach (var (key, value) in device.Traits ?? new Dictionary<string, string>()) yield return new($"{key.Replace('_', ' '),-22} {value}");
        foreach (var (i, workload) in device.Workloads.Index())
        {
            yield return new($"{(i == 0 ? "workloads" : ""),-22} {WorkloadText.Whole(workload)}");
        }

        if (DeviceTrouble.Sentence(device, answer.Time, zone) is { } trouble)
        {
            yield return new("");
            foreach (var line in WrappedText.Lines(trouble, width)) yield return new(line, DeviceTrouble.Tone(device));
        }

        if (device.Signals.Count == 0) yield break;
        yield return new("");
        var table = new TextTable([new("SIGNAL"), new("VALUE", Right: true), new("UNIT")]);
        foreach (var signal in device.Signals)
        {
            table.Add(
                signal.Signal + Labels(signal),
                signal.Value is { } value ? Quantity.Exact(value) : Quantity.Unknown,
                signal.Value is null ? $"({signal.Absent})" : Unit(signal.Unit));
        }

        foreach (var line in table.Render(int.MaxValue)) yield return new(line);
    }

    private static IEnumerable<(string Name, string? Value)> Identity(DeviceReport device, DateTimeOffset now) =>
    [
        ("id", device.Id + (device.Provisional ? " (provisional: the device never told who it is)" : "")),
        ("index", Number(device.Index)),
        ("name", device.Name),
        .. device.Parent is { } parent ? [("part of", parent), ("profile", device.Profile)] : ((string, string?)[])[],
        ("vendor", device.Vendor),
        ("pci address", device.PciAddress),
        ("numa node", Number(device.NumaNode)),
        ("slot", Number(device.Slot)),
        ("minor", Number(device.Minor)),
        ("serial", device.Serial),
        ("part number", device.PartNumber),
        ("firmware", device.Firmware),
        ("configuration image", device.ConfigurationImage),
        ("source", device.Source),
        ("presence", device.Presence.ToString()),
        ("health", device.Assessment?.State.ToString()),
        ("last healthy at work", device.Assessment?.LastHealthyUnderLoad is { } healthy ? Quantity.Duration(now - healthy) + " ago" : null),
        ("last sample", device.LastSample is { } time ? Quantity.Duration(now - time) + " ago" : null),
        ("counter generation", Number(device.CounterGeneration)),
    ];

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Unit(SignalUnit? unit) => unit?.ToString().ToLowerInvariant() ?? "";

    private static string Labels(SignalReport signal) => signal.Labels is null
        ? ""
        : "{" + string.Join(',', signal.Labels.Select(label => $"{label.Key}=\"{label.Value}\"")) + "}";
}
