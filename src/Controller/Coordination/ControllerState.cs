using System.Collections.Immutable;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>All that the controller knows of its own doing: the journal, read to its end. Immutable; each line makes a new one.</summary>
public sealed record ControllerState
{
    // Longer than any guard looks back, and long enough for a job that was moved to be requeued once more with what we told it.
    private static readonly TimeSpan Memory = TimeSpan.FromDays(7);

    // Own figure: eight cards of a node that dies are told of within seconds, and what its restart brings within the hour.
    private static readonly TimeSpan OneFailure = TimeSpan.FromHours(1);

    /// <summary>Nothing was ever done.</summary>
    public static ControllerState Empty { get; } = new();

    /// <summary>Whose term of leadership it is; grows with each start.</summary>
    public long Epoch { get; init; }

    /// <summary>The highest number that an incident was given.</summary>
    public long LastIncident { get; init; }

    /// <summary>Those that are open, and those closed within a week, by number.</summary>
    public ImmutableSortedDictionary<long, Incident> Incidents { get; init; } = ImmutableSortedDictionary<long, Incident>.Empty;

    /// <summary>The same of moves, by job: the last of each.</summary>
    public ImmutableSortedDictionary<string, JobRecovery> Recoveries { get; init; } = ImmutableSortedDictionary.Create<string, JobRecovery>(StringComparer.Ordinal);

    /// <summary>The nodes that we told each job to start on, as the scheduler's list: what its owner named is another.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> Steered { get; init; } = ImmutableDictionary<string, ImmutableHashSet<string>>.Empty;

    /// <summary>Nodes that we took out, and those of them that a person put back while their trouble is open.</summary>
    public ImmutableSortedDictionary<string, OurDrain> Drains { get; init; } = ImmutableSortedDictionary.Create<string, OurDrain>(StringComparer.Ordinal);

    /// <summary>When nodes were taken out.</summary>
    public ImmutableArray<DateTimeOffset> DrainTimes { get; init; } = [];

    /// <summary>When jobs were started anew by us.</summary>
    public ImmutableArray<(string Job, DateTimeOffset At)> Restarts { get; init; } = [];

    /// <summary>Jobs that stay and were asked for a checkpoint, by incident and job.</summary>
    public ImmutableDictionary<(long Incident, string Job), CheckpointAsk> Asks { get; init; } = ImmutableDictionary<(long, string), CheckpointAsk>.Empty;

    /// <summary>What was said last of each incident and job.</summary>
    public ImmutableDictionary<(long Incident, string Job), DecisionRecord> Decisions { get; init; } = ImmutableDictionary<(long, string), DecisionRecord>.Empty;

    /// <summary>What persons said of decisions.</summary>
    public ImmutableDictionary<(long Incident, string Job), PersonOrder> Answers { get; init; } = ImmutableDictionary<(long, string), PersonOrder>.Empty;

    /// <summary>Repairs of nodes: the last of each, those that are over for a week.</summary>
    public ImmutableSortedDictionary<string, NodeRepair> Repairs { get; init; } = ImmutableSortedDictionary.Create<string, NodeRepair>(StringComparer.Ordinal);

    /// <summary>When the first controller of this journal began; null where there is none on a disk.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Nodes that failed, with when, as far back as failures are counted: a device or the node, or one of which work had to go at once. What strikes one node within an hour is one.</summary>
    public ImmutableArray<(string Node, DateTimeOffset At)> Failures { get; init; } = [];

    /// <summary>When repairs were begun.</summary>
    public ImmutableArray<(string Node, DateTimeOffset At)> RepairTimes { get; init; } = [];

    /// <summary>Decisions and repairs that wait for somebody's approval.</summary>
    public int ApprovalsAwaited => Decisions.Values.Count(decision => decision.Verdict == Verdict.AwaitsApproval && Incidents.GetValueOrDefault(decision.Incident) is { IsOpen: true })
        + Repairs.Values.Count(repair => repair is { IsOpen: true, AwaitsApproval: true });

    /// <summary>Rules whose open troubles are kept back because they struck several nodes at once.</summary>
    public int FleetTroubles => Decisions.Values.Where(static decision => decision.Guard == FleetTroubleGuard.Word).Select(static decision => decision.Incident)
        .Concat(Repairs.Values.Where(static repair => repair is { IsOpen: true, Guard: FleetTroubleGuard.Word }).Select(static repair => repair.Incident))
        .Select(incident => Incidents.GetValueOrDefault(incident)).Where(static incident => incident is { IsOpen: true }).Select(static incident => incident!.Rule).Distinct().Count();

    /// <summary>What persons said of repairs that are proposed, by trouble.</summary>
    public ImmutableDictionary<long, PersonOrder> RepairAnswers { get; init; } = ImmutableDictionary<long, PersonOrder>.Empty;

    /// <summary>Nodes that a person wants back in service, with the order and its time, until they are.</summary>
    public ImmutableDictionary<string, (PersonOrder Order, DateTimeOffset At)> Returns { get; init; } = ImmutableDictionary<string, (PersonOrder, DateTimeOffset)>.Empty;

    /// <summary>Nodes that persons keep from us, with the order.</summary>
    public ImmutableDictionary<string, PersonOrder> Kept { get; init; } = ImmutableDictionary<string, PersonOrder>.Empty;

    /// <summary>Open troubles, the oldest first.</summary>
    public IEnumerable<Incident> Open => Incidents.Values.Where(incident => incident.IsOpen);

    /// <summary>Moves under way.</summary>
    public IEnumerable<JobRecovery> Moves => Recoveries.Values.Where(recovery => recovery.Step != RecoveryStep.Closed);

    /// <summary>The move of this job that is under way, or null.</summary>
    public JobRecovery? MoveOf(string job) => Recoveries.GetValueOrDefault(job) is { Step: not RecoveryStep.Closed } recovery ? recovery : null;

    /// <summary>The repair of this node that is not over, or null.</summary>
    public NodeRepair? RepairOf(string node) => Repairs.GetValueOrDefault(node) is { IsOpen: true } repair ? repair : null;

    /// <summary>The nodes that it is to start on were named by us, and not by its owner: they stay with it until it waits again, however many moves ago that was.</summary>
    public bool WasSteered(ClusterJob job) => Steered.GetValueOrDefault(job.Id)?.Contains(Named(job.RequiredNodes)) == true;

    /// <summary>The same with one more line.</summary>
    public ControllerState With(JournalEntry entry) => entry switch
    {
        JournalEntry.OfIncident(var incident) => WithIncident(incident, entry.At),
        JournalEntry.OfDecision(var decision) => this with { Decisions = Decisions.SetItem((decision.Incident, decision.Job), decision) },
        JournalEntry.OfRecovery(var recovery) => WithRecovery(recovery, entry.At),
        JournalEntry.OfRepair(var repair) => WithRepair(repair, entry.At),
        JournalEntry.OfDrain(var drain) => WithDrain(drain, entry.At),
        JournalEntry.OfAsk(var ask) => this with { Asks = Asks.SetItem((ask.Incident, ask.Job), ask) },
        JournalEntry.OfOrder(var order) => WithOrder(order, entry.At),
        _ => this,
    };

    private ControllerState WithIncident(Incident incident, DateTimeOffset at)
    {
        var after = this with { Incidents = Incidents.SetItem(incident.Id, incident), LastIncident = Math.Max(LastIncident, incident.Id), Failures = WithFailure(incident, at) };
        if (incident.IsOpen) return after;
        var old = after.Incidents.Values.Where(one => one.Closed < at - Memory).Select(one => one.Id).ToHashSet();
        return after with
        {
            Incidents = after.Incidents.RemoveRange(old),
            Decisions = Decisions.RemoveRange(Decisions.Keys.Where(key => old.Contains(key.Incident))),
            Answers = Answers.RemoveRange(Answers.Keys.Where(key => old.Contains(key.Incident))),
            RepairAnswers = RepairAnswers.RemoveRange(old),
            Asks = Asks.RemoveRange(Asks.Keys.Where(key => old.Contains(key.Incident))),
            // A person's order holds as long as any trouble of the node is open.
            Drains = after.Open.Any(one => one.Node == incident.Node) ? Drains : Drains.Remove(incident.Node),
        };
    }

    private ImmutableArray<(string Node, DateTimeOffset At)> WithFailure(Incident incident, DateTimeOffset at)
    {
        var isFailure = incident.State == HealthState.Failed || incident.Actions.Work == WorkAction.StopNow;
        var isKnown = Incidents.GetValueOrDefault(incident.Id) is { } before && (before.State == HealthState.Failed || before.Actions.Work == WorkAction.StopNow);
        if (!isFailure || isKnown || Failures.Any(failure => failure.Node == incident.Node && at - failure.At < OneFailure)) return Failures;
        return [.. Failures.Where(failure => failure.At >= at - FleetFailures.Window), (incident.Node, at)];
    }

    private ControllerState WithRecovery(JobRecovery recovery, DateTimeOffset at)
    {
        var before = Recoveries.GetValueOrDefault(recovery.Job);
        var isStart = recovery.Step is RecoveryStep.Placing && before is { Step: < RecoveryStep.Placing };
        return this with
        {
            Recoveries = Recoveries.RemoveRange(Recoveries.Values.Where(one => one.Step == RecoveryStep.Closed && one.StepSince < at - Memory).Select(one => one.Job)).SetItem(recovery.Job, recovery),
            Steered = recovery.Step == RecoveryStep.Placing ? Steered.SetItem(recovery.Job, Steered.GetValueOrDefault(recovery.Job, []).Add(Named(recovery.Destinations))) : Steered,
            Restarts = isStart ? [.. Restarts.Where(one => one.At >= at - Memory), (recovery.Job, at)] : Restarts,
        };
    }

    private ControllerState WithRepair(NodeRepair repair, DateTimeOffset at)
    {
        var isBegin = repair.Began is not null && Repairs.GetValueOrDefault(repair.Node) is not { Began: not null, IsOpen: true };
        return this with
        {
            Repairs = Repairs.RemoveRange(Repairs.Values.Where(one => !one.IsOpen && one.StepSince < at - Memory).Select(one => one.Node)).SetItem(repair.Node, repair),
            RepairTimes = isBegin ? [.. RepairTimes.Where(one => one.At >= at - Memory), (repair.Node, at)] : RepairTimes,
            // What was said of one repair is not said of the next.
            RepairAnswers = repair.IsOpen ? RepairAnswers : RepairAnswers.Remove(repair.Incident),
        };
    }

    private static string Named(ImmutableArray<string> nodes) => string.Join(',', nodes.Order(StringComparer.Ordinal));

    private ControllerState WithDrain(OurDrain drain, DateTimeOffset at) => this with
    {
        Drains = drain.Returned is null ? Drains.SetItem(drain.Node, drain) : Drains.Remove(drain.Node),
        Returns = drain is { Lifted: null, Returned: null } ? Returns : Returns.Remove(drain.Node),
        DrainTimes = Drains.GetValueOrDefault(drain.Node)?.At == drain.At ? DrainTimes : [.. DrainTimes.Where(one => one >= at - Memory), drain.At],
    };

    private ControllerState WithOrder(PersonOrder order, DateTimeOffset at) => order.Kind switch
    {
        OrderKind.ApproveRepair or OrderKind.RejectRepair => this with { RepairAnswers = RepairAnswers.SetItem(order.Incident, order) },
        OrderKind.Return => this with { Returns = Returns.SetItem(order.Node, (order, at)) },
        OrderKind.Hold => this with { Kept = Kept.SetItem(order.Node, order) },
        OrderKind.Unhold => this with { Kept = Kept.Remove(order.Node) },
        _ => this with { Answers = Answers.SetItem((order.Incident, order.Job), order with { Of = Decisions.GetValueOrDefault((order.Incident, order.Job))?.Decision?.Chosen ?? order.Of }) },
    };
}
