using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>What hangs on a device beside its readings: errors that the driver reported, and whose processes hold it. Built anew on a change.</summary>
internal sealed class DeviceExtras(DeviceView view, DeviceTags tags)
{
    private ImmutableSortedDictionary<long, long> _errors = ImmutableSortedDictionary<long, long>.Empty;
    private ImmutableArray<DeviceWorkload> _workloads = [];
    private (byte[] Series, long Count)[] _errorSeries = [];
    private byte[][] _workloadLines = [];

    public void Write(PointWriter points, DateTimeOffset now)
    {
        var (errors, workloads) = (view.DriverErrors, view.Workloads);
        if (!ReferenceEquals(errors, _errors)) _errorSeries = [.. errors.Select(error => (SeriesOf(error.Key), error.Value))];
        if (workloads != _workloads) _workloadLines = [.. workloads.Select(Line)];
        (_errors, _workloads) = (errors, workloads);
        foreach (var (series, count) in _errorSeries) points.Value(series, count, now);
        foreach (var line in _workloadLines) points.Facts(line, now);
    }

    private byte[] SeriesOf(long code)
    {
        var metric = view.Source.DriverErrorMetric;
        return tags.Series(metric.Family.Name, [new(metric.Label, code.ToString(CultureInfo.InvariantCulture))]);
    }

    // What tells two workloads of a device apart must be tags, or one would overwrite the other; the rest are fields.
    private byte[] Line(DeviceWorkload share)
    {
        var work = share.Workload;
        var memory = share.MemoryBytes < 0 ? "" : string.Create(CultureInfo.InvariantCulture, $",memory_bytes={share.MemoryBytes}");
        return LineProtocol.Facts(
            Measurements.DeviceWorkload,
            tags.With(
            [
                new("manager", EnumLabels.Of<WorkloadOrigin>()[(int)work.Manager]), new("id", work.Id), new("step", work.Step),
                new("container", work.Container), new("user", DeviceTags.Number(work.User)),
            ]),
            [new("namespace", work.Namespace), new("pod", work.Pod)],
            string.Create(CultureInfo.InvariantCulture, $"processes={share.Processes}{memory}"))!;
    }
}
