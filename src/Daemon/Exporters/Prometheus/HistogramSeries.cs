using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The buckets, sum and count of one histogram.</summary>
internal sealed class HistogramSeries(SelfFamily family, params SignalLabel[] labels)
{
    private readonly byte[][] _buckets =
    [
        .. DurationHistogram.Bounds.Select(bound => Bucket(family, labels, Canonical(bound))), Bucket(family, labels, "+Inf"),
    ];

    private readonly byte[] _sum = SeriesName.Encode(family.Name + "_sum", labels);
    private readonly byte[] _count = SeriesName.Encode(family.Name + "_count", labels);

    public void Write(DurationHistogram histogram, ref ExpositionWriter writer)
    {
        Span<long> counts = stackalloc long[DurationHistogram.Bounds.Length + 1];
        histogram.CopyCumulative(counts);
        for (var i = 0; i < counts.Length; i++) writer.Sample(_buckets[i], counts[i]);
        writer.Sample(_sum, histogram.SumSeconds);
        writer.Sample(_count, counts[^1]);
    }

    // OpenMetrics wants "1.0", not "1"; text 0.0.4 takes both, and one spelling keeps the series the same in both formats.
    private static string Canonical(double bound)
        => bound.ToString(bound == Math.Floor(bound) ? "F1" : "R", CultureInfo.InvariantCulture);

    private static byte[] Bucket(SelfFamily family, SignalLabel[] labels, string bound)
        => SeriesName.Encode(family.Name + "_bucket", [.. labels, new SignalLabel("le", bound)]);
}
