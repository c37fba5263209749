using System.Collections.Immutable;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery;

/// <summary>The metrics of what came of the controller's work; docs/moving-work.md lists them.</summary>
internal static class ControllerCatalog
{
    public static SelfFamily Incidents { get; } = new("forewarn_controller_incidents_closed_total", FamilyType.Counter, SignalUnit.None,
        "Incidents that were closed, by what had been done, over the whole journal.", new SelfLabel("outcome", "name of the outcome"));

    public static SelfFamily Steps { get; } = new("forewarn_controller_steps_total", FamilyType.Counter, SignalUnit.None,
        "Steps that moves of jobs have left, over the whole journal.", new SelfLabel("step", "name of the step"));

    public static SelfFamily StepSeconds { get; } = new("forewarn_controller_step_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "How long moves stood in each step they have left; divided by the steps it is the mean.", new SelfLabel("step", "name of the step"));

    public static SelfFamily Recovery { get; } = new("forewarn_controller_recovery_seconds", FamilyType.Summary, SignalUnit.Seconds,
        "From the first evidence until the job ran on its new nodes; quantiles of the last 256 recoveries, sum and count over the whole journal.");

    public static SelfFamily DrainedShare { get; } = new("forewarn_controller_drained_share_ratio", FamilyType.Gauge, SignalUnit.Ratio,
        "Share of a partition's nodes that are out of service, whoever took them out.", new SelfLabel("partition", "the scheduler's name of it"));

    public static SelfFamily DrainedLimit { get; } = new("forewarn_controller_drained_share_limit_ratio", FamilyType.Gauge, SignalUnit.Ratio,
        "Share that may be out of service; when it is reached the controller takes no further node out.", new SelfLabel("partition", "the scheduler's name of it"));

    public static SelfFamily BreakerOpen { get; } = new("forewarn_controller_breaker_open", FamilyType.Gauge, SignalUnit.None,
        "1 while so much of a partition is out of service that the guard drained-share refuses to take out one more node.", new SelfLabel("partition", "the scheduler's name of it"));

    public static SelfFamily Saved { get; } = new("forewarn_controller_saved_gpu_hours_total", FamilyType.Counter, SignalUnit.None,
        "GPU-hours that moves which ended well have saved. Estimated: what leaving the job was expected to cost less what the chosen alternative was, as decided before. Observed: "
        + "cards x work between the checkpoint before and the one that was asked for, which a failure would have taken.", new SelfLabel("kind", "`estimated`, `observed`"));

    public static SelfFamily AuditLines { get; } = new("forewarn_controller_audit_lines_total", FamilyType.Counter, SignalUnit.None, "Lines written to the audit log.");

    public static SelfFamily AuditLost { get; } = new("forewarn_controller_audit_lines_lost_total", FamilyType.Counter, SignalUnit.None, "Lines that the audit log lost because its disk refused or hung.");

    public static SelfFamily Following { get; } = new("forewarn_controller_event_streams", FamilyType.Gauge, SignalUnit.None, "Readers that follow the controller's events.");

    public static SelfFamily Cut { get; } = new("forewarn_controller_event_streams_cut_total", FamilyType.Counter, SignalUnit.None, "Readers that were cut off because they could not keep up.");

    public static ImmutableArray<SelfFamily> All => [Incidents, Steps, StepSeconds, Recovery, DrainedShare, DrainedLimit, BreakerOpen, Saved, AuditLines, AuditLost, Following, Cut];
}
