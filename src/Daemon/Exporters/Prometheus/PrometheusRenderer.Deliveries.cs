using System.Collections.Immutable;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal sealed partial class PrometheusRenderer
{
    private static readonly ImmutableArray<FamilyWriter<DeliverySeries>> DeliveryFamilies =
    [
        new(SelfCatalog.ExporterUp, static (delivery, ref writer) => writer.Sample(delivery.Up, delivery.View.Trouble is null)),
        new(SelfCatalog.ExporterPointsTaken, static (delivery, ref writer) => writer.Sample(delivery.Taken, delivery.View.Taken)),
        new(SelfCatalog.ExporterPointsWritten, static (delivery, ref writer) => writer.Sample(delivery.Written, delivery.View.Written)),
        new(SelfCatalog.ExporterPointsDropped, static (delivery, ref writer) => delivery.WriteDropped(ref writer)),
        new(SelfCatalog.ExporterPointsHeld, static (delivery, ref writer) => writer.Sample(delivery.Held, delivery.View.HeldPoints)),
        new(SelfCatalog.ExporterOldestHeld, static (delivery, ref writer) => delivery.WriteOldestHeld(ref writer)),
        new(SelfCatalog.ExporterRetries, static (delivery, ref writer) => writer.Sample(delivery.Retries, delivery.View.Retries)),
        new(SelfCatalog.ExporterSpoolBatches, static (delivery, ref writer) => writer.Sample(delivery.SpoolBatches, delivery.View.SpoolBatches)),
        new(SelfCatalog.ExporterSpoolBytes, static (delivery, ref writer) => writer.Sample(delivery.SpoolBytes, delivery.View.SpoolBytes)),
        new(SelfCatalog.ExporterLastSuccess, static (delivery, ref writer) => delivery.WriteLastSuccess(ref writer)),
        new(SelfCatalog.ExporterRequestDuration, static (delivery, ref writer) => delivery.WriteRequests(ref writer)),
    ];
}
