namespace Forewarn.Daemon.Api.Reports;

/// <summary>The answer of <c>/v1/node</c>. Fields are only ever added; docs/api.md describes each.</summary>
internal sealed record NodeReport
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    /// <summary>Profile or scenario; null on real hardware.</summary>
    public string? Simulation { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    public string? BootId { get; init; }

    public required string Root { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>The agent's clock at the answer; ages are taken against it.</summary>
    public required DateTimeOffset Time { get; init; }

    public required bool Ready { get; init; }

    public required IReadOnlyList<string> WaitingFor { get; init; }

    public required DeviceCounts Devices { get; init; }

    /// <summary>How many cards stand in each state of health.</summary>
    public StateCounts? States { get; init; }

    /// <summary>What is judged of the node itself, its devices aside; absent until that was done.</summary>
    public AssessmentReport? Assessment { get; init; }

    /// <summary>Absent while nobody works at it.</summary>
    public MaintenanceReport? Maintenance { get; init; }

    public required IReadOnlyList<SourceReport> Sources { get; init; }

    /// <summary>Absent where it is switched off.</summary>
    public KernelLogReport? KernelLog { get; init; }

    /// <summary>Those that send; /metrics is not among them.</summary>
    public required IReadOnlyList<ExporterReport> Exporters { get; init; }

    /// <summary>Absent where nothing stores events.</summary>
    public EventStoreReport? EventStore { get; init; }

    /// <summary>Absent where this node reports to nobody.</summary>
    public ControllerReport? Controller { get; init; }

    public required IReadOnlyList<QueueReport> Queues { get; init; }

    public required IReadOnlyList<ProcessReport> Processes { get; init; }
}

/// <summary>How many devices there should be, answer, and stand in each presence.</summary>
internal sealed record DeviceCounts(long Expected, long Found, int Measured, int Stalled, int Lost, int Excluded, int Unknown);

/// <summary>A bounded queue of the agent.</summary>
internal sealed record QueueReport(string Name, int Capacity, int Depth, long Dropped);

/// <summary>What a process of the agent costs; the set size is absent when unreadable.</summary>
internal sealed record ProcessReport(string Process, int Pid, double CpuSeconds, long? PssBytes, long AllocatedBytes, long Collections);
