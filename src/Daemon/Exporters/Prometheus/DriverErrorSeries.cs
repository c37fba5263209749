using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>Errors that the driver reported on one device, a series for each code.</summary>
internal sealed class DriverErrorSeries(DeviceLabels labels, DriverErrorMetric metric)
{
    private ImmutableSortedDictionary<long, long> _errors = ImmutableSortedDictionary<long, long>.Empty;
    private (byte[] Series, long Count)[] _counts = [];

    public DriverErrorMetric Metric => metric;

    public void Write(DeviceView view, ref ExpositionWriter writer)
    {
        // The dictionary is immutable: another reference is another error, which is rare enough to build anew.
        var errors = view.DriverErrors;
        if (!ReferenceEquals(errors, _errors)) _counts = [.. errors.Select(error => (SeriesOf(error.Key), error.Value))];
        _errors = errors;
        foreach (var (series, count) in _counts) writer.Sample(series, count);
    }

    private byte[] SeriesOf(long code)
        => labels.Series(metric.Family.Name, new Model.SignalLabel(metric.Label, code.ToString(CultureInfo.InvariantCulture)));
}
