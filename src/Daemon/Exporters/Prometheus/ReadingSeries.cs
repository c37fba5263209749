using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The readings of one device: values go out as series (those of single links only if wanted), absences are counted by reason.</summary>
internal sealed class ReadingSeries(DeviceLabels labels, bool withLinks)
{
    private readonly byte[]?[]?[] _series = new byte[]?[]?[SignalCatalog.All.Length];
    private readonly byte[][] _absent = labels.SeriesPerMember<NoDataReason>(SelfCatalog.DeviceReadingsAbsent.Name, "reason");
    private readonly int[] _absences = new int[Enum.GetValues<NoDataReason>().Length];

    // One sample's worth at first; a device whose fast and slow readings together are more makes it grow.
    private Reading[] _readings = new Reading[Sample.Capacity];
    private int _count;
    private int _next;

    public void Take(DeviceView view)
    {
        while ((_count = view.CopyReadings(_readings)) == _readings.Length) _readings = new Reading[_readings.Length * 2];
        _next = 0;
        Array.Clear(_absences);
        foreach (ref var reading in _readings.AsSpan(0, _count))
        {
            // Neither format has a use for NaN or infinity: a source that measured that measured nothing.
            if (reading.HasValue && !double.IsFinite(reading.Value))
                reading = Reading.None(reading.Signal, NoDataReason.Invalid, reading.Instance);
            _absences[(int)reading.Absence]++;
        }
    }

    public void Forget()
    {
        (_count, _next) = (0, 0);
        Array.Clear(_absences);
    }

    /// <summary>Writes the values up to and including this signal. Called family by family, in the catalogue's order.</summary>
    public void WriteThrough(SignalId last, ref ExpositionWriter writer)
    {
        for (; _next < _count && _readings[_next].Signal <= last; _next++)
        {
            ref readonly var reading = ref _readings[_next];
            if (!reading.HasValue || (!withLinks && SignalCatalog.Of(reading.Signal).InstanceLabel is not null)) continue;
            writer.Sample(SeriesOf(in reading), reading.Value);
        }
    }

    public void WriteAbsences(ref ExpositionWriter writer)
    {
        for (var reason = (int)NoDataReason.None + 1; reason < _absences.Length; reason++)
        {
            if (_absences[reason] > 0) writer.Sample(_absent[reason], (long)_absences[reason]);
        }
    }

    private byte[] SeriesOf(in Reading reading)
    {
        ref var instances = ref _series[(int)reading.Signal];
        if (instances is null || instances.Length <= reading.Instance) Array.Resize(ref instances, reading.Instance + 1);
        return instances[reading.Instance] ??= labels.Series(SignalCatalog.Of(reading.Signal), reading.Instance);
    }
}
