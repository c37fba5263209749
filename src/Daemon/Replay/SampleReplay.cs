using System.Globalization;
using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Replay;

/// <summary>Reads what <c>forewarn record</c> wrote: an answer of /v1/devices a line.</summary>
internal sealed class SampleReplay(ReplayedNode node)
{
    private static readonly Dictionary<(string Family, string Labels), (Signal Signal, string? Instance)> Known = Signals();

    /// <summary>Lines that are no answer of /v1/devices.</summary>
    public long Refused { get; private set; }

    /// <summary>Signals that this version does not know.</summary>
    public long Unknown { get; private set; }

    public static DeviceList? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ApiJson.Default.DeviceList);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Run(TextReader file)
    {
        while (file.ReadLine() is { } line)
        {
            if (line.Length == 0) continue;
            if (Read(line) is { } list) Take(list);
            else Refused++;
        }

        node.Turn();
    }

    private void Take(DeviceList list)
    {
        node.PassTo(list.Time);
        foreach (var device in list.Devices.Where(device => device.Parent is null)) Take(device);
    }

    private void Take(DeviceReport report)
    {
        var view = node.Find(Device(report));
        if (view.Presence.Presence != report.Presence)
            view.Become(new(report.Presence, report.Reason ?? NoDataReason.None, report.Detail ?? "", node.Clock.GetUtcNow()));
        if (report.Presence != DevicePresence.Measured) return;
        Take(view.Device, report, SampleGroup.Slow);
        Take(view.Device, report, SampleGroup.Fast);
    }

    private void Take(Device device, DeviceReport report, SampleGroup group)
    {
        var sample = node.Rent();
        (sample.Device, sample.Group, sample.Time, sample.Generation, sample.Arrived) = (device, group, node.Clock.GetUtcNow(), 1, node.Clock.GetTimestamp());
        foreach (var signal in report.Signals)
        {
            if (Reading(signal, group) is { } reading) sample.Add(reading);
        }

        node.Take(sample);
    }

    private Reading? Reading(SignalReport report, SampleGroup group)
    {
        var labels = report.Labels ?? new Dictionary<string, string>();
        foreach (var instance in labels.Keys.Append(""))
        {
            if (!Known.TryGetValue((report.Signal, Key(labels.Where(label => label.Key != instance))), out var found) || (found.Instance ?? "") != instance) continue;
            if (found.Signal.Group != group) return null;
            if (!ushort.TryParse(instance.Length == 0 ? "0" : labels[instance], CultureInfo.InvariantCulture, out var number)) break;
            return report.Value is { } value ? Model.Reading.Of(found.Signal.Id, value, number) : Model.Reading.None(found.Signal.Id, report.Absent ?? NoDataReason.Invalid, number);
        }

        if (group == SampleGroup.Fast) Unknown++;
        return null;
    }

    private static Device Device(DeviceReport report) => new()
    {
        Id = new DeviceId(report.Id),
        Vendor = new Vendor(report.Vendor),
        PciAddress = report.PciAddress,
        Index = report.Index ?? -1,
        Name = report.Name ?? "",
        Serial = report.Serial ?? "",
        PartNumber = report.PartNumber ?? "",
        Slot = report.Slot ?? -1,
        Minor = report.Minor ?? -1,
        Firmware = report.Firmware ?? "",
        ConfigurationImage = report.ConfigurationImage ?? "",
        NumaNode = report.NumaNode ?? -1,
    };

    private static Dictionary<(string, string), (Signal, string?)> Signals() => SignalCatalog.All.ToDictionary(
        signal => (signal.Family.Name, Key(signal.Labels.Select(label => KeyValuePair.Create(label.Key, label.Value)))), signal => (signal, signal.InstanceLabel));

    private static string Key(IEnumerable<KeyValuePair<string, string>> labels)
        => string.Join(',', labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => $"{label.Key}={label.Value}"));
}
