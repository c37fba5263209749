using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

internal static partial class SelfCatalog
{
    /// <summary>Label values of the three horizons.</summary>
    public static readonly string[] Horizons = ["1h", "24h", "7d"];

    private static readonly SelfLabel Rule = new("rule", "as in rules.md");
    private static readonly SelfLabel Severity = new("severity", AnyOf<Severity>());

    public static SelfFamily DeviceHealthState { get; } = new("forewarn_device_health_state", FamilyType.Gauge, SignalUnit.None,
        "What is judged of a device: exactly one of its states is 1.", new SelfLabel("state", AnyOf<HealthState>()));

    public static SelfFamily DeviceWorkAction { get; } = new("forewarn_device_work_action", FamilyType.Gauge, SignalUnit.None,
        "What to do with the work on a device: exactly one action is 1.", new SelfLabel("action", AnyOf<WorkAction>()));

    public static SelfFamily DeviceRepairAction { get; } = new("forewarn_device_repair_action", FamilyType.Gauge, SignalUnit.None,
        "What to do with a device itself: exactly one action is 1.", new SelfLabel("action", AnyOf<RepairAction>()));

    public static SelfFamily DeviceFailureProbability { get; } = new("forewarn_device_failure_probability", FamilyType.Gauge, SignalUnit.Ratio,
        "Chance that a device ceases to do its work within the horizon; from the table of the rules until a model is trained.",
        new SelfLabel("horizon", "`1h`, `24h`, `7d`"));

    public static SelfFamily FindingActive { get; } = new("forewarn_finding_active", FamilyType.Gauge, SignalUnit.None,
        "Findings of a device that stand now; those of rules in observe mode are left out.", Rule, Severity);

    public static SelfFamily NodeHealthState { get; } = new("forewarn_node_health_state", FamilyType.Gauge, SignalUnit.None,
        "What is judged of the node itself, its devices left out: exactly one of its states is 1.", new SelfLabel("state", AnyOf<HealthState>()));

    public static SelfFamily NodeFindingActive { get; } = new("forewarn_node_finding_active", FamilyType.Gauge, SignalUnit.None,
        "Findings of the node itself that stand now.", Rule, Severity);

    public static SelfFamily NodeMaintenance { get; } = new("forewarn_node_maintenance", FamilyType.Gauge, SignalUnit.None,
        "1 while somebody works at the node: what is found is kept, and nobody should be called.");

    public static SelfFamily Events { get; } = new("forewarn_events_total", FamilyType.Counter, SignalUnit.None,
        "What happened, by kind and the maker's code; a storm counts each of its errors.", new("kind", "as in api.md"), new("code", "empty where there is none"));

    public static ImmutableArray<SelfFamily> DeviceHealth => [DeviceHealthState, DeviceWorkAction, DeviceRepairAction, DeviceFailureProbability, FindingActive];

    public static ImmutableArray<SelfFamily> NodeHealth => [NodeHealthState, NodeFindingActive, NodeMaintenance, Events];
}
