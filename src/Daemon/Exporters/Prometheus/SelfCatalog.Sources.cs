using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    private static readonly SelfLabel Source = new("source", "for example `nvml`");
    private static readonly SelfLabel Call = new("call", "group of vendor calls");

    public static SelfFamily DevicesExpected { get; } = new("forewarn_devices_expected", FamilyType.Gauge, SignalUnit.None,
        "Devices that should be there: configured, else the most seen in this boot.", Source);

    public static SelfFamily DevicesFound { get; } = new("forewarn_devices_found", FamilyType.Gauge, SignalUnit.None,
        "Devices that answer.", Source);

    public static SelfFamily SourceInfo { get; } = new("forewarn_source_info", FamilyType.Info, SignalUnit.None,
        "What a source reads with.", Source,
        new("driver", "version of the kernel driver"), new("library", "version of the vendor library"));

    public static SelfFamily SourceUp { get; } = new("forewarn_source_up", FamilyType.Gauge, SignalUnit.None,
        "1 while samples of the source flow.", Source);

    public static SelfFamily SourceState { get; } = new("forewarn_source_state", FamilyType.Gauge, SignalUnit.None,
        "What a source is doing: exactly one of its states is 1.", Source, new("state", AnyOf<SourceState>()));

    public static SelfFamily SourceSweepDuration { get; } = new("forewarn_source_sweep_duration_seconds", FamilyType.Histogram,
        SignalUnit.Seconds, "Time for one sweep over all devices of a source.", Source, new("group", AnyOf<SampleGroup>()));

    public static SelfFamily SourceCallSeconds { get; } = new("forewarn_source_call_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "Time spent in vendor calls, over all devices.", Source, Call);

    public static SelfFamily SourceCalls { get; } = new("forewarn_source_calls_total", FamilyType.Counter, SignalUnit.None,
        "Times that a group of vendor calls was made, over all devices.", Source, Call);

    public static SelfFamily SourceLastSuccess { get; } = new("forewarn_source_last_success_timestamp_seconds", FamilyType.Gauge,
        SignalUnit.Seconds, "Unix time at which the last complete sweep ended; none before the first.", Source);

    public static SelfFamily SourceStalls { get; } = new("forewarn_source_stalls_total", FamilyType.Counter, SignalUnit.None,
        "Vendor calls that passed their deadline.", Source);

    public static SelfFamily SourceRestarts { get; } = new("forewarn_source_restarts_total", FamilyType.Counter, SignalUnit.None,
        "Probes started again after one ended without being asked to.", Source);

    public static SelfFamily SourceAbandonedProcesses { get; } = new("forewarn_source_abandoned_processes", FamilyType.Gauge,
        SignalUnit.None, "Probes that were killed and cannot be reaped (D state) now.", Source);

    public static SelfFamily SourceSkippedSweeps { get; } = new("forewarn_source_skipped_sweeps_total", FamilyType.Counter, SignalUnit.None,
        "Sweeps that a probe left out because its pipe to the agent was full.", Source);

    public static SelfFamily SourceRefusedFrames { get; } = new("forewarn_source_refused_frames_total", FamilyType.Counter, SignalUnit.None,
        "Frames refused: bad checksum, unknown version, or of a killed generation.", Source);

    public static ImmutableArray<SelfFamily> Sources =>
    [
        DevicesExpected, DevicesFound, SourceInfo, SourceUp, SourceState, SourceSweepDuration, SourceCallSeconds, SourceCalls,
        SourceLastSuccess, SourceStalls, SourceRestarts, SourceAbandonedProcesses, SourceSkippedSweeps, SourceRefusedFrames,
    ];
}
