namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The two forms in which a scrape can be written.</summary>
internal enum ExpositionFormat : byte
{
    /// <summary>Prometheus text 0.0.4; what a client gets that asks for nothing.</summary>
    PrometheusText,

    /// <summary>OpenMetrics 1.0.</summary>
    OpenMetrics,
}
