using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Under which name the driver errors of each maker are counted; the makers' sources take theirs from here.</summary>
internal static class DriverErrorCatalog
{
    /// <summary>NVIDIA's Xid.</summary>
    public static DriverErrorMetric Xid { get; } = new(
        new MetricFamily("forewarn_xid_errors_total", SignalKind.Counter, SignalUnit.None,
            "Errors that the NVIDIA driver reported on a device since the agent started, by Xid."),
        "xid");

    /// <summary>All of them.</summary>
    public static ImmutableArray<DriverErrorMetric> All => [Xid];
}
