using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    public static SelfFamily ReportsUp { get; } = new("forewarn_controller_reports_up", FamilyType.Gauge, SignalUnit.None,
        "1 unless the controller did not take the last report. These series are there while this node has a controller.");

    public static SelfFamily ReportsTaken { get; } = new("forewarn_controller_reports_taken_total", FamilyType.Counter, SignalUnit.None,
        "Reports that the controller took.");

    public static SelfFamily ReportsFailed { get; } = new("forewarn_controller_reports_failed_total", FamilyType.Counter, SignalUnit.None,
        "Reports that it did not take, or of which that is not known.");

    public static SelfFamily ReportsWaiting { get; } = new("forewarn_controller_reports_events_waiting", FamilyType.Gauge, SignalUnit.None,
        "Events in the store that the controller has not taken, as of the last report.");

    public static SelfFamily ReportsLastSuccess { get; } = new("forewarn_controller_reports_last_success_timestamp_seconds", FamilyType.Gauge,
        SignalUnit.Seconds, "Unix time at which a report was last taken; none before the first time.");

    public static SelfFamily ReportDurations { get; } = new("forewarn_controller_reports_duration_seconds", FamilyType.Histogram, SignalUnit.Seconds,
        "Time from a report to its answer, or to the end of waiting for it.");

    public static SelfFamily CheckpointRequests { get; } = new("forewarn_controller_checkpoint_requests", FamilyType.Gauge, SignalUnit.None,
        "Requests for a checkpoint that lie for jobs of this node.");

    public static SelfFamily RefusedRequests { get; } = new("forewarn_controller_checkpoint_requests_refused_total", FamilyType.Counter, SignalUnit.None,
        "Requests for a checkpoint that could not be put down or taken away, each time that they were ordered.");

    public static ImmutableArray<SelfFamily> Reports =>
        [ReportsUp, ReportsTaken, ReportsFailed, ReportsWaiting, ReportsLastSuccess, ReportDurations, CheckpointRequests, RefusedRequests];
}
