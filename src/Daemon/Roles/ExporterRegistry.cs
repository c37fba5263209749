using System.Collections.Immutable;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Exporters;
using Forewarn.Daemon.Exporters.Influx;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Roles;

/// <summary>The exporters that this program has; those that are switched on are made.</summary>
internal static class ExporterRegistry
{
    public static ImmutableArray<IExporter> Create(ForewarnOptions options, NodeView view, ILoggerFactory loggers, TimeProvider time)
    {
        IExporter?[] all =
        [
            options.Influx.Enabled
                ? new InfluxExporter(options.Influx, view, Random.Shared.NextDouble, time, loggers.CreateLogger("forewarn.influx")) : null,
            options.Prometheus.Enabled ? new PrometheusEndpoint(view, time, options.Prometheus.LinkSeries) : null,
        ];
        return [.. all.OfType<IExporter>()];
    }
}
