using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    private static readonly SelfLabel Exporter = new("exporter", "`influx`");

    public static SelfFamily ExporterUp { get; } = new("forewarn_exporter_up", FamilyType.Gauge, SignalUnit.None,
        "1 unless the last attempt to send failed. These series are there for exporters that send, while they are switched on.", Exporter);

    public static SelfFamily ExporterPointsTaken { get; } = new("forewarn_exporter_points_taken_total", FamilyType.Counter, SignalUnit.None,
        "Points to be sent, those that an earlier agent left in the spool among them: as many as are written, dropped and held together.", Exporter);

    public static SelfFamily ExporterPointsWritten { get; } = new("forewarn_exporter_points_written_total", FamilyType.Counter, SignalUnit.None,
        "Points that the server took.", Exporter);

    public static SelfFamily ExporterPointsDropped { get; } = new("forewarn_exporter_points_dropped_total", FamilyType.Counter, SignalUnit.None,
        "Points that will never be sent, by why.", Exporter, new("reason", AnyOf<DropReason>()));

    public static SelfFamily ExporterPointsHeld { get; } = new("forewarn_exporter_points_held", FamilyType.Gauge, SignalUnit.None,
        "Points that wait, in memory or in the spool.", Exporter);

    public static SelfFamily ExporterOldestHeld { get; } = new("forewarn_exporter_oldest_held_timestamp_seconds", FamilyType.Gauge,
        SignalUnit.Seconds, "Unix time at which the oldest waiting points were taken; none while none wait.", Exporter);

    public static SelfFamily ExporterRetries { get; } = new("forewarn_exporter_retries_total", FamilyType.Counter, SignalUnit.None,
        "Requests made again after one that failed.", Exporter);

    public static SelfFamily ExporterSpoolBatches { get; } = new("forewarn_exporter_spool_batches", FamilyType.Gauge, SignalUnit.None,
        "Files in the spool.", Exporter);

    public static SelfFamily ExporterSpoolBytes { get; } = new("forewarn_exporter_spool_bytes", FamilyType.Gauge, SignalUnit.Bytes,
        "Their size.", Exporter);

    public static SelfFamily ExporterLastSuccess { get; } = new("forewarn_exporter_last_success_timestamp_seconds", FamilyType.Gauge,
        SignalUnit.Seconds, "Unix time at which the server last took points; none before the first time.", Exporter);

    public static SelfFamily ExporterRequestDuration { get; } = new("forewarn_exporter_request_duration_seconds", FamilyType.Histogram,
        SignalUnit.Seconds, "Time from a request to its answer, or to the end of waiting for it.", Exporter);

    public static ImmutableArray<SelfFamily> Deliveries =>
    [
        ExporterUp, ExporterPointsTaken, ExporterPointsWritten, ExporterPointsDropped, ExporterPointsHeld, ExporterOldestHeld,
        ExporterRetries, ExporterSpoolBatches, ExporterSpoolBytes, ExporterLastSuccess, ExporterRequestDuration,
    ];
}
