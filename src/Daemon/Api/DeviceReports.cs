using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Api;

/// <summary>Turns a device's view into its answer, with the signals of the wanted metrics (of all, when null).</summary>
internal static class DeviceReports
{
    public static DeviceReport Device(DeviceView view, IReadOnlySet<string>? metrics)
    {
        var device = view.Device;
        var presence = view.Presence;
        var errors = view.Source.DriverErrorMetric.Label;
        return new()
        {
            Id = device.Id.Value,
            Provisional = device.Id.IsProvisional,
            Index = Known(device.Index),
            Vendor = device.Vendor.Name,
            Name = Told(device.Name),
            PciAddress = device.PciAddress,
            Serial = Told(device.Serial),
            PartNumber = Told(device.PartNumber),
            Slot = Known(device.Slot),
            Minor = Known(device.Minor),
            Firmware = Told(device.Firmware),
            ConfigurationImage = Told(device.ConfigurationImage),
            NumaNode = Known(device.NumaNode),
            Parent = device.Partition?.Parent.Value,
            Profile = Told(device.Partition?.Profile ?? ""),
            Instance = Known(device.Partition?.Instance ?? -1),
            ComputeInstance = Known(device.Partition?.ComputeInstance ?? -1),
            Traits = device.Traits.All.Length == 0 ? null : device.Traits.All.ToDictionary(trait => trait.Key, trait => trait.Value),
            Source = view.Source.Name,
            Presence = presence.Presence,
            Reason = Given(presence.Reason),
            Detail = Told(presence.Detail),
            Since = Happened(presence.Since),
            LastSample = Happened(view.LastSample),
            CounterGeneration = view.CounterGeneration,
            Assessment = AssessmentReports.Of(view.Assessment),
            DriverErrors = [.. view.DriverErrors.Select(error => new DriverErrorReport(errors, error.Key, error.Value))],
            Processes = view.Processes is { Absence: NoDataReason.None } tally ? tally.Count : null,
            Workloads = [.. view.Workloads.Select(Workload)],
            Signals = Signals(view, metrics),
            NotBelieved = NotBelieved(view),
        };
    }

    /// <summary>Null where nothing is known of it.</summary>
    public static IReadOnlyList<PastReport>? Past(NodeView view, Device device) => view.Pasts.TryGetValue(device.Serial, out var past) && !past.IsEmpty
        ? [.. past.Select(static one => new PastReport(one.Node, one.At, one.Kind, one.Text, Told(one.Rule), one.Code == 0 ? null : one.Code))]
        : null;

    private static WorkloadReport Workload(DeviceWorkload share) => new()
    {
        Manager = share.Workload.Manager,
        Id = Told(share.Workload.Id),
        Step = Told(share.Workload.Step),
        Namespace = Told(share.Workload.Namespace),
        Pod = Told(share.Workload.Pod),
        Container = Told(share.Workload.Container),
        User = Known(share.Workload.User),
        Processes = share.Processes,
        MemoryBytes = share.MemoryBytes < 0 ? null : share.MemoryBytes,
    };

    /// <summary>Null for the empty text, by which the model marks what was not told.</summary>
    public static string? Told(string text) => text.Length == 0 ? null : text;

    /// <summary>Null for the default time, by which the model marks what has not happened.</summary>
    public static DateTimeOffset? Happened(DateTimeOffset time) => time == default ? null : time;

    /// <summary>Null where there is no reason.</summary>
    public static NoDataReason? Given(NoDataReason reason) => reason == NoDataReason.None ? null : reason;

    /// <summary>Null for a negative number, by which the model marks one that is not known.</summary>
    public static int? Known(int number) => number < 0 ? null : number;

    private static ArraySegment<Reading> Readings(DeviceView view)
    {
        var readings = new Reading[Sample.Capacity * 2];
        int count;
        while ((count = view.CopyReadings(readings)) == readings.Length) readings = new Reading[readings.Length * 2];
        return new(readings, 0, count);
    }

    private static List<SignalReport> Signals(DeviceView view, IReadOnlySet<string>? metrics) =>
    [
        .. from reading in Readings(view)
           let signal = SignalCatalog.Of(reading.Signal)
           where metrics is null || metrics.Contains(signal.Family.Name)
           select Signal(signal, reading),
    ];

    private static List<string>? NotBelieved(DeviceView view)
    {
        var metrics = Readings(view).Where(static reading => Absence(reading) == NoDataReason.Invalid).Select(static reading => SignalCatalog.Of(reading.Signal).Family.Name).Distinct().ToList();
        return metrics.Count == 0 ? null : metrics;
    }

    // JSON has no NaN; a source that lets one through has not measured anything.
    private static NoDataReason Absence(in Reading reading) => !reading.HasValue ? reading.Absence : double.IsFinite(reading.Value) ? NoDataReason.None : NoDataReason.Invalid;

    private static SignalReport Signal(Signal signal, Reading reading)
    {
        var absence = Absence(reading);
        return new()
        {
            Signal = signal.Family.Name,
            Labels = Labels(signal, reading.Instance),
            Kind = signal.Family.Kind,
            Unit = signal.Family.Unit == SignalUnit.None ? null : signal.Family.Unit,
            Value = absence == NoDataReason.None ? reading.Value : null,
            Absent = Given(absence),
        };
    }

    private static Dictionary<string, string>? Labels(Signal signal, ushort instance)
    {
        if (signal.InstanceLabel is null && signal.Labels.Count == 0) return null;
        var labels = new Dictionary<string, string>();
        if (signal.InstanceLabel is { } key) labels[key] = instance.ToString(CultureInfo.InvariantCulture);
        foreach (var label in signal.Labels) labels[label.Key] = label.Value;
        return labels;
    }
}
