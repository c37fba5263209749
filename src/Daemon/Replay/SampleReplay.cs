using System.Globalization;
using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Replay;

/// <summary>Reads what <c>forewarn record</c> wrote: an answer of /v1/devices a line.</summary>
internal sealed class SampleReplay(ReplayedNode node)
{
    // The agent's own period unless a site sets another: a slow group that did not change was read again by then all the same.
    private static readonly TimeSpan SlowPeriod = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<(string Family, string Labels), (Signal Signal, string? Instance)> Known = Signals();

    private readonly Dictionary<string, (long At, List<Reading> Readings)> _slow = [];
    private readonly Dictionary<(string Device, long Code), long> _errors = [];
    private bool _isFirst = true;
    private TimeSpan _interval = TimeSpan.FromSeconds(1);

    /// <summary>Lines that are no answer of /v1/devices.</summary>
    public long Refused { get; private set; }

    /// <summary>Readings of signals that this version does not know.</summary>
    public long Unknown { get; private set; }

    public static DeviceList? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ApiJson.Default.DeviceList) is { Devices: not null, Node: not null } list ? list : null;
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
        var passed = list.Time - node.Clock.GetUtcNow();
        if (passed < TimeSpan.Zero) node.Clock.SetBack(list.Time, _interval);
        else node.PassTo(list.Time);
        if (passed > TimeSpan.Zero && passed < SlowPeriod) _interval = passed;
        foreach (var device in list.Devices.Where(device => device.Parent is null)) Take(device);
        node.Turn();
        _isFirst = false;
    }

    private void Take(DeviceReport report)
    {
        var view = node.Find(Device(report));
        if (view.Presence.Presence != report.Presence)
            view.Become(new(report.Presence, report.Reason ?? NoDataReason.None, report.Detail ?? "", node.Clock.GetUtcNow()));
        TakeErrors(view.Device, report);
        if (report.Presence != DevicePresence.Measured) return;
        var slow = Readings(report, SampleGroup.Slow);
        if (IsReadAnew(report.Id, slow)) Take(view.Device, slow, SampleGroup.Slow);
        Take(view.Device, Readings(report, SampleGroup.Fast), SampleGroup.Fast);
    }

    private void Take(Device device, List<Reading> readings, SampleGroup group)
    {
        var sample = node.Rent();
        (sample.Device, sample.Group, sample.Time, sample.Generation, sample.Arrived) = (device, group, node.Clock.GetUtcNow(), 1, node.Clock.GetTimestamp());
        foreach (var reading in readings) sample.Add(reading);
        node.Take(sample);
    }

    /// <summary>Of what the driver reported each line has the counts since the agent's start: what they grew by happened since the line before.</summary>
    private void TakeErrors(Device device, DeviceReport report)
    {
        foreach (var error in report.DriverErrors)
        {
            var isKnown = _errors.TryGetValue((report.Id, error.Code), out var before);
            _errors[(report.Id, error.Code)] = error.Count;
            if (error.Count > before && (isKnown || !_isFirst)) Happen(device, error, error.Count - before);
        }
    }

    private void Happen(Device device, DriverErrorReport error, long count) => node.Happen(new()
    {
        Kind = HealthEventKind.DriverError,
        Device = device,
        Code = error.Code,
        Text = string.Create(CultureInfo.InvariantCulture, $"{error.Name} {error.Code}"),
        BootId = node.View.Node.BootId,
        FirstSeen = node.Clock.GetUtcNow(),
        LastSeen = node.Clock.GetUtcNow(),
        Count = count,
        Source = node.Source.Name,
    });

    /// <summary>Each line repeats the last slow readings. Taken as new each time, a minute's errors would all have come within the second in which they show.</summary>
    private bool IsReadAnew(string device, List<Reading> readings)
    {
        var now = node.Clock.GetTimestamp();
        if (_slow.TryGetValue(device, out var last) && node.Clock.GetElapsedTime(last.At, now) < SlowPeriod && last.Readings.SequenceEqual(readings)) return false;
        _slow[device] = (now, readings);
        return true;
    }

    private List<Reading> Readings(DeviceReport report, SampleGroup group)
    {
        var readings = new List<Reading>();
        foreach (var signal in report.Signals)
        {
            if (Reading(signal, group) is { } reading) readings.Add(reading);
        }

        return readings;
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
