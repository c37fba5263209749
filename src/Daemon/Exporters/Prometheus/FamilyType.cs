namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>Type of a metric family on the wire.</summary>
internal enum FamilyType : byte
{
    /// <summary>Goes up and down; states are gauges too.</summary>
    Gauge,

    /// <summary>Only grows; its samples end in <c>_total</c>.</summary>
    Counter,

    /// <summary>Cumulative buckets with sum and count.</summary>
    Histogram,

    /// <summary>Facts as labels, value 1; its sample ends in <c>_info</c>. A gauge in text 0.0.4, which knows no such type.</summary>
    Info,

    /// <summary>Quantiles with sum and count.</summary>
    Summary,
}
