using System.Collections.Immutable;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery;

/// <summary>The metrics of the loop that acts; docs/moving-work.md lists them.</summary>
internal static class RecoveryCatalog
{
    public static SelfFamily Up { get; } = new("forewarn_recovery_up", FamilyType.Gauge, SignalUnit.None, "1 unless nothing is done, because the scheduler or the journal refuses.");

    public static SelfFamily Incidents { get; } = new("forewarn_recovery_incidents_open", FamilyType.Gauge, SignalUnit.None, "Incidents that are open.");

    public static SelfFamily Awaiting { get; } = new("forewarn_recovery_approvals_awaited", FamilyType.Gauge, SignalUnit.None, "Decisions of open incidents that wait for somebody's approval.");

    public static SelfFamily FleetTroubles { get; } = new("forewarn_recovery_fleet_troubles", FamilyType.Gauge, SignalUnit.None,
        "Rules whose findings on several nodes at once are taken for one trouble of the fleet and left to people.");

    public static SelfFamily Moves { get; } = new("forewarn_recovery_moves", FamilyType.Gauge, SignalUnit.None, "Jobs that are being moved, by step.", new SelfLabel("step", "name of the step"));

    public static SelfFamily Ended { get; } = new("forewarn_recovery_moves_ended_total", FamilyType.Counter, SignalUnit.None, "Moves that ended, by outcome.", new SelfLabel("outcome", "name of the outcome"));

    public static SelfFamily Decisions { get; } = new("forewarn_recovery_decisions_total", FamilyType.Counter, SignalUnit.None,
        "Decisions, by what was thought best.", new SelfLabel("alternative", "name of the alternative, or none where there was nothing to choose"));

    public static SelfFamily Refusals { get; } = new("forewarn_recovery_refusals_total", FamilyType.Counter, SignalUnit.None, "Decisions that a guard refused, or of which it kept the better part from the job.", new SelfLabel("guard", "name of the guard"));

    public static SelfFamily Commands { get; } = new("forewarn_recovery_commands_total", FamilyType.Counter, SignalUnit.None, "Commands that the scheduler took.");

    public static SelfFamily CommandsRefused { get; } = new("forewarn_recovery_commands_refused_total", FamilyType.Counter, SignalUnit.None, "Commands that the scheduler refused.");

    public static SelfFamily Commanding { get; } = new("forewarn_recovery_commands_seconds_total", FamilyType.Counter, SignalUnit.Seconds, "Time that the scheduler took over commands.");

    public static SelfFamily Own { get; } = new("forewarn_recovery_own_seconds_total", FamilyType.Counter, SignalUnit.Seconds,
        "Own share of the looks that did something: neither reading the scheduler nor its commands.");

    public static SelfFamily Conflicts { get; } = new("forewarn_recovery_topology_conflicts", FamilyType.Gauge, SignalUnit.None, "Conflicts between those who tell how the nodes are wired.");

    public static SelfFamily Complaints { get; } = new("forewarn_recovery_topology_complaints", FamilyType.Gauge, SignalUnit.None, "Lines of these that were not understood, and texts that could not be read.");

    public static ImmutableArray<SelfFamily> All =>
        [Up, Incidents, Awaiting, FleetTroubles, Moves, Ended, Decisions, Refusals, Commands, CommandsRefused, Commanding, Own, Conflicts, Complaints];
}
