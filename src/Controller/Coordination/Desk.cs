using System.Collections.Immutable;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>One look at work: what is seen, what was written so far, and what of the cluster is spoken for already.</summary>
internal sealed class Desk
{
    private readonly List<CoordinationStep> _steps = [];
    private readonly ILookup<string, ClusterJob> _jobs;
    private readonly Dictionary<string, PartitionShare> _shares = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<FreeNode>> _free = new(StringComparer.Ordinal);
    private readonly HashSet<long> _told = [];
    private UnfitNodes? _unfit;

    public Desk(CoordinationView view)
    {
        (View, State, Cluster, Kin) = (view, view.State, view.Cluster, new(view));
        _jobs = view.Cluster.Jobs.Values.Where(job => job.Phase is JobPhase.Running or JobPhase.Suspended && !NodeRepair.IsValidation(job))
            .OrderBy(job => job.Id, StringComparer.Ordinal).SelectMany(job => job.Nodes.Select(node => (node.Name, Job: job))).ToLookup(pair => pair.Name, pair => pair.Job);
        // A drain that was decided and is not to be seen yet counts as done, or the next decision would take one too many.
        foreach (var drain in State.Drains.Values.Where(drain => drain is { WasOut: false, Lifted: null })) MarkOut(drain);
    }

    public CoordinationView View { get; }

    public ControllerState State { get; private set; }

    /// <summary>The cluster with what was decided and cannot be seen yet.</summary>
    public ClusterSight Cluster { get; private set; }

    public Kinships Kin { get; }

    public SortedSet<string> Watched { get; } = new(StringComparer.Ordinal);

    /// <summary>A decision waits until somebody has looked for a job's checkpoints.</summary>
    public bool AwaitsReading { get; set; }

    public DateTimeOffset Now => View.Now;

    /// <summary>Writes a line, and has these acts done behind it.</summary>
    public void Write(JournalEntry entry, params ImmutableArray<SchedulerAct> acts)
    {
        State = State.With(entry);
        if (entry is JournalEntry.OfIncident(var incident)) _told.Add(incident.Id);
        if (entry is JournalEntry.OfDrain(var drain) && drain is { WasOut: false, Lifted: null }) MarkOut(drain);
        _steps.Add(new(entry.About, [entry], acts));
    }

    /// <summary>Has these acts done; the journal says all that there is to say already.</summary>
    public void Do(long incident, params ImmutableArray<SchedulerAct> acts) => _steps.Add(new(incident, [], acts));

    /// <summary>Those that may hold what is in trouble: of a card that is known only who has it, else everybody on the node.</summary>
    public IEnumerable<ClusterJob> Holders(Incident incident, ClusterSight? sight = null)
        => (sight is null ? _jobs[incident.Node] : sight.Jobs.Values.Where(job => job.Phase is JobPhase.Running or JobPhase.Suspended && job.IsOn(incident.Node)))
            .Where(job => incident.Device == DeviceId.Node || incident.Jobs.Contains(job.Id) || job.Nodes.Any(node => node.Name == incident.Node && node.MayHold(incident.Card)));

    /// <summary>How much of a partition is out, with what was decided; counted anew when another node is taken out.</summary>
    public PartitionShare Share(string partition)
    {
        if (!_shares.TryGetValue(partition, out var share)) _shares.Add(partition, share = PartitionShare.Of(Cluster, partition, View.Settings.Guards));
        return share;
    }

    /// <summary>Nodes of a partition that are in service, well and have a card that nobody has, by name; looked for once a look, until another node is taken out.</summary>
    public ImmutableArray<FreeNode> Free(string partition)
    {
        if (!_free.TryGetValue(partition, out var free)) _free.Add(partition, free = [.. FreeNode.Of(this, partition).OrderBy(one => one.Node.Name, StringComparer.Ordinal)]);
        return free;
    }

    /// <summary>Nodes that work leaves; looked for anew when something was written that they hang on.</summary>
    public UnfitNodes Unfit() => _unfit?.IsOf(State) == true ? _unfit : _unfit = new(this);

    /// <summary>Nothing of it changed since something was decided about the job because of it.</summary>
    public bool IsDecided(Incident incident, string job) => !_told.Contains(incident.Id) && State.Decisions.ContainsKey((incident.Id, job));

    /// <summary>Agent and scheduler have both lost it.</summary>
    public bool IsGone(string node) => View.Nodes.GetValueOrDefault(node) is { IsSilent: true } && View.Cluster.Node(node) is { Phase: NodePhase.Down };

    /// <summary>After a start: how it stands now is still to be heard.</summary>
    public bool IsAwaited(string node) => View.Nodes.GetValueOrDefault(node) is { IsAwaited: true };

    /// <summary>A person keeps it from us, or put it back into service when this trouble was known.</summary>
    public bool IsPeoples(string node, DateTimeOffset opened) => State.Kept.ContainsKey(node) || State.Drains.GetValueOrDefault(node)?.Lifted >= opened;

    public CoordinationPlan ToPlan() => new([.. _steps], State, [.. Watched], AwaitsReading) { Awaited = Awaited(), Repairing = OpenRepairs.AtWork(this) };

    private ImmutableHashSet<string> Awaited() =>
    [
        .. Watched.Where(job => State.MoveOf(job) is not null),
        .. State.Asks.Values.Where(ask => ask.Until > Now && Watched.Contains(ask.Job)).Select(ask => ask.Job),
        .. State.Decisions.Values.Where(decision => decision.Verdict == Verdict.AwaitsCheckpoint && Watched.Contains(decision.Job)).Select(decision => decision.Job),
    ];

    private void MarkOut(OurDrain drain)
    {
        if (Cluster.Node(drain.Node) is not { WouldTakeWork: true } node) return;
        var phase = node.Phase == NodePhase.InService ? NodePhase.Draining : node.Phase;
        Cluster = Cluster with { Nodes = Cluster.Nodes.SetItem(drain.Node, node with { Phase = phase, IsDrained = true, Reason = drain.Reason }) };
        _shares.Clear();
        _free.Clear();
    }
}
