using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>
/// The families beside those of <see cref="SignalCatalog"/>: what Forewarn says about the node, about each device's presence,
/// about its sources and about itself. HELP and TYPE lines and docs/signals.md come from here.
/// </summary>
internal static partial class SelfCatalog
{
    private static readonly SelfLabel Part = new("part", "for example `nvidia-fabricmanager`");
    private static readonly SelfLabel Simulated = new("simulated", "`true` on a simulated node, else `false`");

    public static SelfFamily BuildInfo { get; } = new("forewarn_build_info", FamilyType.Info, SignalUnit.None,
        "The running program, and whether what it reports is simulated.", new("version", "of Forewarn"), Simulated);

    public static SelfFamily NodeInfo { get; } = new("forewarn_node_info", FamilyType.Info, SignalUnit.None,
        "The node and its boot; counters of two boots must not be subtracted.",
        new("node", "name under which the node reports"), new("boot_id", "the kernel's boot id"));

    public static SelfFamily NodeBlocked { get; } = new("forewarn_node_processes_blocked", FamilyType.Gauge, SignalUnit.None,
        "Processes in an uninterruptible wait (state D) at the last look.");

    public static SelfFamily NodeStuck { get; } = new("forewarn_node_processes_stuck", FamilyType.Gauge, SignalUnit.None,
        "Processes in an uninterruptible wait in five looks in a row, about a minute.",
        new SelfLabel("owner", "`any`, or `driver` for those of the accelerators' driver and its tools"));

    public static SelfFamily NodePartNeeded { get; } = new("forewarn_node_part_needed", FamilyType.Gauge, SignalUnit.None,
        "1 when hardware or configuration asks for a service or kernel module beside the driver.", Part);

    public static SelfFamily NodePartUp { get; } = new("forewarn_node_part_up", FamilyType.Gauge, SignalUnit.None,
        "1 while that service runs or that module is loaded.", Part);

    public static ImmutableArray<SelfFamily> Node => [BuildInfo, NodeInfo, NodeBlocked, NodeStuck, NodePartNeeded, NodePartUp];

    /// <summary>Every family, in the order of a scrape; the readings stand between those of devices and of sources.</summary>
    public static ImmutableArray<SelfFamily> All => [.. Node, .. NodeHealth, .. Devices, .. Sources, .. KernelLog, .. Deliveries, .. EventStore, .. Reports, .. Daemon];

    private static string AnyOf<T>() where T : struct, Enum => string.Join(", ", EnumLabels.Of<T>().Select(value => $"`{value}`"));
}
