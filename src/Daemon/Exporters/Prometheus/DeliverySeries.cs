using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>All series of one exporter that sends.</summary>
internal sealed class DeliverySeries(DeliveryView view)
{
    private readonly HistogramSeries _requests = new(SelfCatalog.ExporterRequestDuration, new SignalLabel("exporter", view.Exporter));
    private readonly byte[] _oldest = Of(SelfCatalog.ExporterOldestHeld, view);
    private readonly byte[] _lastSuccess = Of(SelfCatalog.ExporterLastSuccess, view);
    private readonly byte[][] _dropped = Array.ConvertAll(EnumLabels.Of<DropReason>(),
        reason => SelfCatalog.ExporterPointsDropped.Series(new("exporter", view.Exporter), new("reason", reason)));

    public DeliveryView View => view;

    public byte[] Up { get; } = Of(SelfCatalog.ExporterUp, view);

    public byte[] Taken { get; } = Of(SelfCatalog.ExporterPointsTaken, view);

    public byte[] Written { get; } = Of(SelfCatalog.ExporterPointsWritten, view);

    public byte[] Held { get; } = Of(SelfCatalog.ExporterPointsHeld, view);

    public byte[] Retries { get; } = Of(SelfCatalog.ExporterRetries, view);

    public byte[] SpoolBatches { get; } = Of(SelfCatalog.ExporterSpoolBatches, view);

    public byte[] SpoolBytes { get; } = Of(SelfCatalog.ExporterSpoolBytes, view);

    public void WriteDropped(ref ExpositionWriter writer)
    {
        for (var i = 0; i < _dropped.Length; i++) writer.Sample(_dropped[i], view.Dropped((DropReason)i));
    }

    public void WriteOldestHeld(ref ExpositionWriter writer) => WriteTime(_oldest, view.OldestHeld, ref writer);

    public void WriteLastSuccess(ref ExpositionWriter writer) => WriteTime(_lastSuccess, view.LastSuccess, ref writer);

    public void WriteRequests(ref ExpositionWriter writer) => _requests.Write(view.Requests, ref writer);

    private static void WriteTime(byte[] series, DateTimeOffset time, ref ExpositionWriter writer)
    {
        if (time != default) writer.Sample(series, UnixTime.Seconds(time));
    }

    private static byte[] Of(SelfFamily family, DeliveryView view) => family.Series(new SignalLabel("exporter", view.Exporter));
}
