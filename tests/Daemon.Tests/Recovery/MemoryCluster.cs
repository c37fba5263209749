using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>
/// A scheduler in memory that behaves as Slurm was measured to: each command takes its time; a requeued job gets off its nodes a while later and may start two
/// minutes after that; a job under a hold keeps the hold from being dropped; two holds do not stand over one node; nodes that a job was told stay with it, in the
/// order of their names; a signal that is not caught ends it; who waits in the queue starts as soon as there is room. What it takes and refuses is compared with what a
/// real Slurm did, command by command, wherever it stands behind its programs (SlurmDouble).
/// </summary>
internal sealed class MemoryCluster(ManualTimeProvider time, int nodes) : IScheduler
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Stopping = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Starting = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Eligible = TimeSpan.FromSeconds(121);
    private const string Finished = "Job has already finished";

    private readonly Dictionary<string, ClusterNode> _nodes = Enumerable.Range(1, nodes)
        .Select(number => new ClusterNode { Name = $"n{number}", Phase = NodePhase.InService, Partitions = ["gpu"], Cards = 8, FreeCards = 8, CardType = "h100" }).ToDictionary(node => node.Name);

    private readonly SortedDictionary<string, ClusterJob> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DateTimeOffset> _startable = [];
    private readonly Dictionary<string, (ImmutableArray<string> Nodes, string User, DateTimeOffset Until)> _holds = [];
    private DateTimeOffset _readAt;
    private readonly PriorityQueue<Action, DateTimeOffset> _coming = new();

    // Let go before they were off their nodes.
    private readonly HashSet<string> _letGo = [];

    public string Name => "memory";

    public List<SchedulerAct> Done { get; } = [];

    /// <summary>What the scheduler answers instead of doing it; null to do it.</summary>
    public Func<SchedulerAct, string?> Refuse { get; set; } = static _ => null;

    /// <summary>What it says it did, and nothing came of.</summary>
    public Func<SchedulerAct, bool> Loses { get; set; } = static _ => false;

    /// <summary>It does not answer.</summary>
    public bool IsAway { get; set; }

    /// <summary>What becomes of a job that gets its signal; by default it writes a checkpoint a little later and runs on.</summary>
    public Action<ClusterJob>? OnSignal { get; set; }

    public Dictionary<string, SeenCheckpoint> Checkpoints { get; } = [];

    /// <summary>Runs of the site's repair command.</summary>
    public Dictionary<string, RepairRun> Runs { get; } = [];

    /// <summary>The node was rebooted, or repaired.</summary>
    public Action<string> OnRepaired { get; set; } = static _ => { };

    /// <summary>How a validation ends; by default well.</summary>
    public Func<ClusterJob, ClusterJob> Ending { get; set; } = static job => job with { Phase = JobPhase.Ended, EndedWell = true };

    public int Holds => _holds.Count;

    public ClusterNode this[string node]
    {
        get => _nodes[node];
        set => _nodes[node] = value;
    }

    public ClusterJob? Job(string id)
    {
        Settle();
        return _jobs.GetValueOrDefault(id);
    }

    public void Set(ClusterJob job) => _jobs[job.Id] = job;

    /// <summary>Its user ends it; it stays known as one that was ended.</summary>
    public void Cancel(string id)
    {
        if (_jobs[id].Phase is not (JobPhase.Ended or JobPhase.Cancelled)) Change(_jobs[id] with { Phase = JobPhase.Cancelled });
    }

    /// <summary>All jobs that are known, in the order of their numbers.</summary>
    public IEnumerable<ClusterJob> Jobs => _jobs.Values;

    /// <summary>All nodes, in the order of their names.</summary>
    public IEnumerable<ClusterNode> Nodes => _nodes.Values;

    /// <summary>All holds, with who may run there and until when.</summary>
    public IReadOnlyDictionary<string, (ImmutableArray<string> Nodes, string User, DateTimeOffset Until)> AllHolds => _holds;

    /// <summary>A job that runs there, whole nodes.</summary>
    public ClusterJob Run(string id, params string[] on)
    {
        var job = Batch(id, on.Length) with { Phase = JobPhase.Running, Started = time.GetUtcNow().AddHours(-1), Nodes = [.. on.Select(node => new JobNode(node, [], HoldsAll: true))] };
        _jobs[id] = job;
        return job;
    }

    /// <summary>A job that waits for so many whole nodes, these or any.</summary>
    public void Submit(string id, int count, params string[] on)
    {
        _jobs[id] = Batch(id, count) with { User = "bob", Phase = JobPhase.Pending, RequiredNodes = [.. on], Contract = JobContract.Undeclared };
        _startable[id] = time.GetUtcNow();
    }

    public void Write(string job, string path, int inSeconds) => Later(TimeSpan.FromSeconds(inSeconds), () => Checkpoints[job] = new(path, 100, time.GetUtcNow()));

    public void Later(TimeSpan after, Action then) => _coming.Enqueue(then, time.GetUtcNow() + after);

    /// <summary>How old the last reading was when a command was given, for each.</summary>
    public List<TimeSpan> Ages { get; } = [];

    public Task<ClusterReading> ReadAsync(CancellationToken cancellation)
    {
        var at = _readAt = time.GetUtcNow();
        Pass();
        return Task.FromResult(IsAway ? ClusterReading.Failed("Unable to contact slurm controller") : new ClusterReading(See(at), "", []));
    }

    public Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation)
    {
        Ages.Add(time.GetUtcNow() - _readAt);
        Pass();
        if (IsAway) return Task.FromResult<string?>("Unable to contact slurm controller");
        if ((Refuse(act) ?? Unwanted(act)) is { } refusal) return Task.FromResult<string?>(refusal);
        if (act is SchedulerAct.Validate validate && _jobs.Values.Any(job => job.Name == validate.Name)) return Task.FromResult<string?>(null);
        return Task.FromResult(Give(act is SchedulerAct.Note note ? note with { Text = OwnerNote.Merge(_jobs.GetValueOrDefault(note.Job)?.AdminComment ?? "", note.Text) } : act));
    }

    /// <summary>The time that a command takes passes.</summary>
    public void Pass()
    {
        time.Advance(Latency);
        Settle();
    }

    /// <summary>One of its commands, which asks nobody whether it is wanted: null, or what it has against it.</summary>
    public string? Give(SchedulerAct act)
    {
        var trouble = Loses(act) ? null : Do(act);
        if (trouble is null) Done.Add(act);
        return trouble;
    }

    /// <summary>All that was due by now has happened, in its order.</summary>
    public void Settle()
    {
        while (_coming.TryPeek(out _, out var due) && due <= time.GetUtcNow()) _coming.Dequeue()();
        foreach (var node in _nodes.Values.Where(node => node.Phase == NodePhase.Draining && !IsUsed(node.Name)).ToList()) _nodes[node.Name] = node with { Phase = NodePhase.Drained };
        foreach (var old in _holds.Where(hold => hold.Value.Until <= time.GetUtcNow()).Select(hold => hold.Key).ToList()) _holds.Remove(old);
        foreach (var id in _startable.Where(one => one.Value <= time.GetUtcNow()).Select(one => one.Key).Order(StringComparer.Ordinal).ToList()) TryStart(id);
    }

    private static ClusterJob Batch(string id, int count) => new()
    {
        Id = id,
        User = "ada",
        UserId = 1000,
        Partition = "gpu",
        Kind = JobKind.Batch,
        Leader = id,
        Phase = JobPhase.Pending,
        CanRequeue = true,
        Cards = 8 * count,
        Contract = new() { IsDeclared = true, AnswersRequests = true, Signal = "USR1", Directory = "/ckpt", OnRequest = OnRequest.Continue, CheckpointCost = TimeSpan.FromSeconds(20) },
    };

    private ClusterSight See(DateTimeOffset at) => new()
    {
        At = at,
        Jobs = _jobs.Values.ToImmutableDictionary(job => job.Id),
        Holds = _holds.ToImmutableDictionary(hold => hold.Key, hold => hold.Value.Nodes),
        Nodes = _nodes.Values.Select(node => node with { FreeCards = IsRunOn(node.Name) ? 0 : 8 }).ToImmutableDictionary(node => node.Name),
    };

    // What the adapter asks in the last moment before it gives a command.
    private string? Unwanted(SchedulerAct act) => act switch
    {
        SchedulerAct.TakeOut(var name, _) when _nodes[name] is { IsDrained: true } node && !ForeignDrainGuard.IsOurs(node.Reason) => "drained by others",
        SchedulerAct.PutBack(var name) when _nodes[name] is not { IsDrained: true } => "not drained",
        SchedulerAct.StopAndHold(var id, _) when _jobs.GetValueOrDefault(id) is { Phase: JobPhase.Cancelled or JobPhase.Completing } => "ended by somebody",
        SchedulerAct.StopAndHold(var id, false) when _jobs.GetValueOrDefault(id) is { Phase: JobPhase.Ended } => "ended by itself",
        _ => null,
    };

    private string? Do(SchedulerAct act) => act switch
    {
        SchedulerAct.TakeOut(var node, var reason) => TakeOut(node, reason),
        SchedulerAct.PutBack(var node) => PutBack(node),
        SchedulerAct.HoldNodes hold => Hold(hold),
        SchedulerAct.DropHold(var name) => IsInUse(name) ? "Reservation in use" : _holds.Remove(name) ? null : "no such reservation",
        SchedulerAct.Signal(var job, _, _) => With(job, Signal),
        SchedulerAct.StopAndHold(var job, _) => With(job, StopAndHold),
        SchedulerAct.Steer(var id, var on, var hold) => With(id, job => Steer(job, on, hold)),
        SchedulerAct.Unsteer(var id) => With(id, job => Waits(job) ? Change(job with { RequiredNodes = [], Reservation = "" }) : "the job is not pending"),
        SchedulerAct.LetGo(var id) => With(id, LetGo),
        SchedulerAct.Reboot(var node, var reason) => Reboot(node, reason),
        SchedulerAct.RunRepair run => Repair(run),
        SchedulerAct.Fence(var name, var node, var user) => Hold(new(name, [node], user, TimeSpan.FromDays(365))),
        SchedulerAct.Validate validate => Validate(validate),
        SchedulerAct.EndOwn(var id) => With(id, job => Change(job with { Phase = JobPhase.Cancelled })),
        SchedulerAct.Detach(var id) => With(id, job => IsOver(job) ? Finished : Change(job with { Reservation = "" })),
        SchedulerAct.Note(var id, var text) => With(id, job => IsOver(job) ? Finished : Change(job with { AdminComment = text })),
        _ => "unknown act",
    };

    private string? With(string id, Func<ClusterJob, string?> then) => _jobs.TryGetValue(id, out var job) ? then(job) : "Invalid job id specified";

    private string? Change(ClusterJob job)
    {
        _jobs[job.Id] = job;
        return null;
    }

    // Whoever drained it before: the reason is the last one's.
    private string? TakeOut(string name, string reason)
    {
        if (!_nodes.TryGetValue(name, out var node)) return "Invalid node name specified";
        _nodes[name] = node.Phase switch
        {
            NodePhase.InService => node with { Phase = NodePhase.Draining, Reason = reason },
            NodePhase.Draining or NodePhase.Drained => node with { Reason = reason },
            _ => node with { IsDrained = true, Reason = reason },
        };
        return null;
    }

    private string? PutBack(string name)
    {
        if (!_nodes.TryGetValue(name, out var node)) return "Invalid node name specified";
        if (node.Phase == NodePhase.InService) return "Invalid node state specified";
        _nodes[name] = node with { Phase = NodePhase.InService, IsDrained = false, Reason = "" };
        return null;
    }

    // As a drained node is rebooted that keeps its drain.
    private string? Reboot(string node, string reason)
    {
        if (_nodes[node].Phase != NodePhase.Drained || IsUsed(node)) return "the node is in use";
        _nodes[node] = _nodes[node] with { Phase = NodePhase.Maintenance, IsDrained = true, Reason = $"{reason} : reboot issued" };
        Later(TimeSpan.FromMinutes(2), () =>
        {
            _nodes[node] = _nodes[node] with { Phase = NodePhase.Drained };
            OnRepaired(node);
        });
        return null;
    }

    private string? Repair(SchedulerAct.RunRepair run)
    {
        Runs[run.Key] = new(HasEnded: false);
        Later(TimeSpan.FromSeconds(30), () =>
        {
            if (!Runs.ContainsKey(run.Key)) return; // it ended with the controller that had begun it
            Runs[run.Key] = new(HasEnded: true);
            OnRepaired(run.Node);
        });
        return null;
    }

    private string? Validate(SchedulerAct.Validate act)
    {
        if (!_holds.ContainsKey(act.Hold)) return "no such reservation";
        var id = FormattableString.Invariant($"{900 + _jobs.Count}");
        _jobs[id] = Batch(id, 1) with
        {
            Name = act.Name,
            User = act.User,
            Reservation = act.Hold,
            RequiredNodes = [act.Node],
            Contract = JobContract.Undeclared,
        };
        _startable[id] = time.GetUtcNow();
        Later(TimeSpan.FromSeconds(40), () => { if (_jobs.GetValueOrDefault(id) is { Phase: JobPhase.Running } running) Change(Ending(running)); });
        return null;
    }

    private string? Hold(SchedulerAct.HoldNodes hold)
    {
        if (_holds.ContainsKey(hold.Name) || _holds.Values.Any(other => other.Nodes.Intersect(hold.Nodes).Any())) return "Requested nodes are busy";
        _holds[hold.Name] = (hold.Nodes, hold.User, time.GetUtcNow() + hold.For);
        return null;
    }

    private string? Signal(ClusterJob job)
    {
        if (job.Phase != JobPhase.Running) return "the job does not run";
        if (!job.Contract.AnswersRequests) Change(job with { Phase = JobPhase.Ended });
        else if (OnSignal is { } then) then(job);
        else Write(job.Id, "/ckpt/asked", inSeconds: 3);
        return null;
    }

    private string? StopAndHold(ClusterJob job)
    {
        if (Waits(job)) return "Job is pending execution";
        var isOnNodes = job.Phase is JobPhase.Running or JobPhase.Suspended;
        var stopped = job with { Phase = isOnNodes ? JobPhase.Completing : JobPhase.Held, Nodes = isOnNodes ? job.Nodes : [], Restarts = job.Restarts + 1 };
        _startable[job.Id] = time.GetUtcNow() + Eligible;
        _letGo.Remove(job.Id);
        if (isOnNodes) Later(Stopping, () => { if (_jobs.GetValueOrDefault(job.Id) is { Phase: JobPhase.Completing } now) Change(now with { Phase = _letGo.Remove(now.Id) ? JobPhase.Pending : JobPhase.Held, Nodes = [] }); });
        return Change(stopped);
    }

    private string? LetGo(ClusterJob job)
    {
        if (IsOver(job)) return Finished;
        if (job.Phase == JobPhase.Completing) _letGo.Add(job.Id);
        return job.Phase == JobPhase.Held ? Change(job with { Phase = JobPhase.Pending }) : null;
    }

    private string? Steer(ClusterJob job, ImmutableArray<string> on, string hold)
    {
        if (!Waits(job)) return "the job is not pending";
        if (!_holds.ContainsKey(hold)) return "no such reservation";
        _startable[job.Id] = time.GetUtcNow() + Starting; // StartTime=now
        return Change(job with { RequiredNodes = on, Reservation = hold });
    }

    private static bool IsOver(ClusterJob job) => job.Phase is JobPhase.Ended or JobPhase.Cancelled;

    // It was requeued as well while it is still being taken off its nodes: Slurm calls that pending.
    private static bool Waits(ClusterJob job) => job.Phase is JobPhase.Held or JobPhase.Pending or JobPhase.Completing;

    private void TryStart(string id)
    {
        if (_jobs.GetValueOrDefault(id) is not { Phase: JobPhase.Pending } job) return;
        var free = _nodes.Values.Where(node => node.Phase == NodePhase.InService && !IsUsed(node.Name)
            && _holds.All(hold => !hold.Value.Nodes.Contains(node.Name) || hold.Key == job.Reservation)).Select(node => node.Name).Order(StringComparer.Ordinal).ToList();
        var wanted = job.RequiredNodes.IsEmpty ? [.. free.Take(job.Cards / 8)] : job.RequiredNodes;
        if (wanted.Length < job.Cards / 8 || !wanted.All(free.Contains)) return;
        Change(job with { Phase = JobPhase.Running, Started = time.GetUtcNow(), Nodes = [.. wanted.Order(StringComparer.Ordinal).Select(name => new JobNode(name, [], HoldsAll: true))] });
        _startable.Remove(id);
    }

    /// <summary>Its cards are somebody's: those of a job that is being taken off are not any more, and yet nobody starts there.</summary>
    public bool IsRunOn(string node) => _jobs.Values.Any(job => job.Phase is JobPhase.Running or JobPhase.Suspended && job.IsOn(node));

    /// <summary>A job is being taken off it.</summary>
    public bool IsCompleting(string node) => _jobs.Values.Any(job => job.Phase is JobPhase.Completing && job.IsOn(node));

    /// <summary>It lies beneath a hold.</summary>
    public bool IsKept(string node) => _holds.Values.Any(hold => hold.Nodes.Contains(node));

    /// <summary>A job that has not ended was told this hold.</summary>
    public bool IsInUse(string hold) => _jobs.Values.Any(job => job.Reservation == hold && job.Phase is not (JobPhase.Ended or JobPhase.Cancelled));

    private bool IsUsed(string node) => IsRunOn(node) || IsCompleting(node);
}
