namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private void WriteDeliveries(ref ExpositionWriter writer)
    {
        var deliveries = _deliveries.Follow(_view.Deliveries);
        writer.Begin(SelfCatalog.ExporterUp.Header);
        foreach (var delivery in deliveries) writer.Sample(delivery.Up, delivery.View.Trouble is null);
        writer.Begin(SelfCatalog.ExporterPointsWritten.Header);
        foreach (var delivery in deliveries) writer.Sample(delivery.Written, delivery.View.Written);
        writer.Begin(SelfCatalog.ExporterPointsDropped.Header);
        foreach (var delivery in deliveries) delivery.WriteDropped(ref writer);
        writer.Begin(SelfCatalog.ExporterPointsHeld.Header);
        foreach (var delivery in deliveries) writer.Sample(delivery.Held, delivery.View.HeldPoints);
        writer.Begin(SelfCatalog.ExporterOldestHeld.Header);
        foreach (var delivery in deliveries) delivery.WriteOldestHeld(ref writer);
        writer.Begin(SelfCatalog.ExporterRetries.Header);
        foreach (var delivery in deliveries) writer.Sample(delivery.Retries, delivery.View.Retries);
        writer.Begin(SelfCatalog.ExporterSpoolBatches.Header);
        foreach (var delivery in deliveries) writer.Sample(delivery.SpoolBatches, delivery.View.SpoolBatches);
        writer.Begin(SelfCatalog.ExporterSpoolBytes.Header);
        foreach (var delivery in deliveries) writer.Sample(delivery.SpoolBytes, delivery.View.SpoolBytes);
        writer.Begin(SelfCatalog.ExporterLastSuccess.Header);
        foreach (var delivery in deliveries) delivery.WriteLastSuccess(ref writer);
        writer.Begin(SelfCatalog.ExporterRequestDuration.Header);
        foreach (var delivery in deliveries) delivery.WriteRequests(ref writer);
    }
}
