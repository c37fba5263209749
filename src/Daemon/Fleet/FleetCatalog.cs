using System.Collections.Immutable;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Fleet;

/// <summary>The metrics of the controller; docs/fleet.md lists them.</summary>
internal static class FleetCatalog
{
    public static SelfFamily BuildInfo { get; } = new("forewarn_controller_build_info", FamilyType.Info, SignalUnit.None, "Version of the controller.", new SelfLabel("version", "its version"));

    public static SelfFamily Nodes { get; } = new("forewarn_fleet_nodes", FamilyType.Gauge, SignalUnit.None,
        "Nodes that stand in each state; one that is not heard is unknown.", new SelfLabel("state", "name of the state"));

    public static SelfFamily Silent { get; } = new("forewarn_fleet_nodes_silent", FamilyType.Gauge, SignalUnit.None,
        "Nodes that had their time to speak and did not.");

    public static SelfFamily Devices { get; } = new("forewarn_fleet_devices", FamilyType.Gauge, SignalUnit.None,
        "Devices that stand in each state; those of a node that is not heard are unknown.", new SelfLabel("state", "name of the state"));

    public static SelfFamily Reports { get; } = new("forewarn_fleet_reports_total", FamilyType.Counter, SignalUnit.None, "Reports taken.");

    public static SelfFamily DuplicateReports { get; } = new("forewarn_fleet_reports_duplicate_total", FamilyType.Counter, SignalUnit.None,
        "Reports that were sent twice: answered as taken, and nothing changed by them.");

    public static SelfFamily Refused { get; } = new("forewarn_fleet_reports_refused_total", FamilyType.Counter, SignalUnit.None,
        "Reports refused.", new SelfLabel("reason", "why"));

    public static SelfFamily Transitions { get; } = new("forewarn_fleet_transitions_total", FamilyType.Counter, SignalUnit.None, "Transitions stored.");

    public static SelfFamily HeardAge { get; } = new("forewarn_fleet_heard_age_max_seconds", FamilyType.Gauge, SignalUnit.Seconds,
        "Time since the node was heard that was not heard for longest; none where there is no node.");

    public static SelfFamily StoreUp { get; } = new("forewarn_fleet_store_up", FamilyType.Gauge, SignalUnit.None, "1 unless the disk refused at the last attempt.");

    public static ImmutableArray<SelfFamily> All => [BuildInfo, Nodes, Silent, Devices, Reports, DuplicateReports, Refused, Transitions, HeardAge, StoreUp];
}
