using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    private static readonly SelfLabel Queue = new("queue", "its name");
    private static readonly SelfLabel Process = new("process", "`agent`, `probe-nvml`, …");

    public static SelfFamily QueueDepth { get; } = new("forewarn_queue_depth", FamilyType.Gauge, SignalUnit.None,
        "Entries that wait in a queue now.", Queue);

    public static SelfFamily QueueCapacity { get; } = new("forewarn_queue_capacity", FamilyType.Gauge, SignalUnit.None,
        "Entries that a queue can hold.", Queue);

    public static SelfFamily QueueDropped { get; } = new("forewarn_queue_dropped_total", FamilyType.Counter, SignalUnit.None,
        "Entries lost because a queue was full.", Queue);

    public static SelfFamily ProcessCpuSeconds { get; } = new("forewarn_process_cpu_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "User and system time of a process of Forewarn since its start.", Process);

    public static SelfFamily ProcessPss { get; } = new("forewarn_process_pss_bytes", FamilyType.Gauge, SignalUnit.Bytes,
        "Proportional set size of a process of Forewarn; none where it cannot be read.", Process);

    public static SelfFamily ProcessAllocated { get; } = new("forewarn_process_allocated_bytes_total", FamilyType.Counter, SignalUnit.Bytes,
        "Managed memory that a process of Forewarn allocated since its start.", Process);

    public static SelfFamily ProcessCollections { get; } = new("forewarn_process_gc_collections_total", FamilyType.Counter, SignalUnit.None,
        "Garbage collections of a process of Forewarn since its start.", Process);

    public static SelfFamily UnresolvedProcesses { get; } = new("forewarn_workload_unresolved_processes_total", FamilyType.Counter,
        SignalUnit.None, "Processes on devices that could not be seen or whose control group could not be read, by why; only reasons that occurred.",
        new SelfLabel("reason", "as of an absent reading"));

    public static SelfFamily Scrapes { get; } = new("forewarn_scrapes_total", FamilyType.Counter, SignalUnit.None,
        "Scrapes rendered before this one.");

    public static SelfFamily ScrapeDuration { get; } = new("forewarn_scrape_duration_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "Time spent rendering and compressing them.");

    public static ImmutableArray<SelfFamily> Daemon =>
    [
        QueueDepth, QueueCapacity, QueueDropped, ProcessCpuSeconds, ProcessPss, ProcessAllocated, ProcessCollections,
        UnresolvedProcesses, Scrapes, ScrapeDuration,
    ];
}
