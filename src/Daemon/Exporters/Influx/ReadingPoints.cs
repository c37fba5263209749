using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// The readings of one device: each with the time of its own sample, and each sample once. An absence is no point.
/// </summary>
internal sealed class ReadingPoints(DeviceView view, DeviceTags tags, bool withLinks)
{
    private readonly byte[]?[]?[] _series = new byte[]?[]?[SignalCatalog.All.Length];
    private readonly DateTimeOffset[] _sampled = new DateTimeOffset[2];
    private readonly DateTimeOffset[] _written = new DateTimeOffset[2];

    // One sample's worth at first; a device whose fast and slow readings together are more makes it grow.
    private Reading[] _readings = new Reading[Sample.Capacity];

    public void Write(PointWriter points)
    {
        int count;
        while ((count = view.CopyReadings(_readings, _sampled)) == _readings.Length) _readings = new Reading[_readings.Length * 2];
        foreach (ref readonly var reading in _readings.AsSpan(0, count))
        {
            var signal = SignalCatalog.Of(reading.Signal);
            var time = _sampled[(int)signal.Group];
            if (!reading.HasValue || !double.IsFinite(reading.Value) || time == _written[(int)signal.Group]) continue;
            if (!withLinks && signal.InstanceLabel is not null) continue;
            points.Value(SeriesOf(signal, reading.Instance), reading.Value, time);
        }

        _sampled.CopyTo(_written, 0);
    }

    private byte[] SeriesOf(Signal signal, ushort instance)
    {
        ref var instances = ref _series[(int)signal.Id];
        if (instances is null || instances.Length <= instance) Array.Resize(ref instances, instance + 1);
        return instances[instance] ??= tags.Series(signal, instance);
    }
}
