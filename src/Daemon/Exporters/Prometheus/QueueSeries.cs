using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The series of one queue.</summary>
internal sealed class QueueSeries(QueueMeter meter)
{
    public QueueMeter Meter => meter;

    public byte[] Depth { get; } = Of(SelfCatalog.QueueDepth, meter);

    public byte[] Capacity { get; } = Of(SelfCatalog.QueueCapacity, meter);

    public byte[] Dropped { get; } = Of(SelfCatalog.QueueDropped, meter);

    private static byte[] Of(SelfFamily family, QueueMeter meter) => family.Series(new SignalLabel("queue", meter.Name));
}
