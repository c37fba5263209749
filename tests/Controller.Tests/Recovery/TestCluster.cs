using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Recovery;

/// <summary>
/// A scheduler as far as a move sees one, with the habits that were measured on a real one: a requeued job gets off its nodes a while later, a job
/// under a hold keeps the hold from being dropped, two holds cannot stand over one node, a signal that is not caught ends the job, nodes
/// that a job was told are its in the order of their names.
/// </summary>
internal sealed class TestCluster
{
    private readonly Dictionary<string, ClusterNode> _nodes = [];
    private readonly Dictionary<string, ImmutableArray<string>> _holds = [];
    private readonly List<(DateTimeOffset At, Action Then)> _later = [];
    private int _startsIn;
    private bool _isHeldNext;

    public TestCluster(int nodes, params int[] job)
    {
        foreach (var number in Enumerable.Range(1, nodes))
            _nodes[Node(number)] = new() { Name = Node(number), Phase = NodePhase.InService, Partitions = ["gpu"], Cards = 8, FreeCards = 8 };
        Job = new()
        {
            Id = "41",
            User = "ada",
            Partition = "gpu",
            Kind = JobKind.Batch,
            Phase = JobPhase.Running,
            CanRequeue = true,
            Cards = 8 * job.Length,
            Nodes = [.. job.Select(number => new JobNode(Node(number), [], HoldsAll: true))],
            Contract = new() { IsDeclared = true, AnswersRequests = true, Signal = "USR1", Directory = "/ckpt", OnRequest = OnRequest.Continue },
        };
    }

    public ClusterJob? Job { get; set; }

    public SeenCheckpoint? Newest { get; set; }

    /// <summary>Nobody has looked for checkpoints yet.</summary>
    public bool IsUnread { get; set; }

    /// <summary>Nobody can look for checkpoints.</summary>
    public bool IsUnreadable { get; set; }

    public CheckpointSight Checkpoints => IsUnread || Job is { Contract.Directory: "" } ? new() : new(IsUnreadable ? null : Newest, Now, !IsUnreadable);

    public List<Reservation> Reservations { get; } = [];

    public HashSet<string> Unfit { get; } = [];

    public List<SchedulerAct> Done { get; } = [];

    public IReadOnlyDictionary<string, ImmutableArray<string>> Holds => _holds;

    /// <summary>What becomes of a job that gets its signal; by default it writes a checkpoint a moment later.</summary>
    public Action? OnSignal { get; set; }

    /// <summary>A node that is being drained is drained once no job is on it.</summary>
    public bool Empties { get; set; }

    /// <summary>Runs of the site's repair command.</summary>
    public Dictionary<string, RepairRun> Runs { get; } = [];

    /// <summary>What is wrong with how it ends; empty for nothing.</summary>
    public string RepairTrouble { get; set; } = "";

    /// <summary>The node was rebooted, or repaired.</summary>
    public Action<string> OnRepaired { get; set; } = static _ => { };

    /// <summary>Our validation, as its scheduler has it.</summary>
    public ClusterJob? Validation { get; set; }

    /// <summary>How it ends; by default well.</summary>
    public Func<ClusterJob, ClusterJob> Ending { get; set; } = static job => job with { Phase = JobPhase.Ended, EndedWell = true };

    public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch.AddDays(20000);

    public static string Node(int number) => FormattableString.Invariant($"n{number}");

    public ClusterNode this[int node]
    {
        get => _nodes[Node(node)];
        set => _nodes[Node(node)] = value;
    }

    /// <summary>It was taken out of the cluster.</summary>
    public void Remove(int node) => _nodes.Remove(Node(node));

    public RecoverySight See() => new(
        new()
        {
            At = Now,
            Nodes = _nodes.ToImmutableDictionary(),
            Holds = _holds.ToImmutableDictionary(),
            Reservations = [.. Reservations],
            Jobs = new[] { Job, Validation }.OfType<ClusterJob>().ToImmutableDictionary(job => job.Id),
        },
        Checkpoints,
        [.. Unfit]);

    /// <summary>Time goes on: jobs that were taken off are off, jobs that may start do.</summary>
    public void Pass(TimeSpan time)
    {
        Now += time;
        foreach (var due in _later.Where(one => one.At <= Now).ToList())
        {
            _later.Remove(due);
            due.Then();
        }

        foreach (var node in _nodes.Values.Where(node => Empties && node.Phase == NodePhase.Draining && Job?.IsOn(node.Name) != true && Validation is not { Phase: JobPhase.Running }).ToList())
            _nodes[node.Name] = node with { Phase = NodePhase.Drained };
        if (Job is { Phase: JobPhase.Completing }) Job = Job with { Phase = _isHeldNext ? JobPhase.Held : JobPhase.Pending, Nodes = [] };
        else if (Job is { Phase: JobPhase.Pending } && --_startsIn <= 0) Begin();
    }

    /// <summary>Its scheduler takes it off its nodes by itself; it may start two minutes later.</summary>
    public void Requeue()
    {
        (_isHeldNext, _startsIn) = (false, 121);
        Job = Job! with { Phase = JobPhase.Completing, Restarts = Job.Restarts + 1 };
    }

    /// <summary>It ends with an error, as most do when a card of theirs fails. Its scheduler still tells where it ran.</summary>
    public void Die() => Job = Job! with { Phase = JobPhase.Ended, EndedInError = true, Ended = Now };

    public void Do(SchedulerAct act)
    {
        Done.Add(act);
        switch (act)
        {
            case SchedulerAct.TakeOut(var node, var reason) when _nodes[node].Phase == NodePhase.InService:
                _nodes[node] = _nodes[node] with { Phase = NodePhase.Draining, Reason = reason };
                break;
            case SchedulerAct.TakeOut(var node, var reason) when _nodes[node].Phase == NodePhase.Down:
                _nodes[node] = _nodes[node] with { IsDrained = true, Reason = reason };
                break;
            case SchedulerAct.HoldNodes(var name, var nodes, _, _) when !_holds.Values.Any(held => held.Intersect(nodes).Any()):
                _holds[name] = nodes;
                break;
            case SchedulerAct.PutBack(var node) when _nodes[node].IsDrained:
                _nodes[node] = _nodes[node] with { Phase = NodePhase.InService, Reason = "", IsDrained = false };
                break;
            case SchedulerAct.Reboot(var node, var reason) when _nodes[node].Phase == NodePhase.Drained:
                _nodes[node] = _nodes[node] with { Phase = NodePhase.Maintenance, IsDrained = true, Reason = $"{reason} : reboot issued" };
                Later(60, () =>
                {
                    if (_nodes[node].Phase == NodePhase.Maintenance) _nodes[node] = _nodes[node] with { Phase = NodePhase.Drained };
                    OnRepaired(node);
                });
                break;
            case SchedulerAct.RunRepair run:
                Runs[run.Key] = new(HasEnded: false);
                Later(20, () =>
                {
                    Runs[run.Key] = new(HasEnded: true, RepairTrouble);
                    OnRepaired(run.Node);
                });
                break;
            case SchedulerAct.Fence(var name, var node, _) when !_holds.Values.Any(held => held.Contains(node)):
                _holds[name] = [node];
                break;
            case SchedulerAct.Validate(var name, var hold, var node, var user, var partition, _, _, _, _) when _holds.ContainsKey(hold) && Validation is not { Phase: JobPhase.Running }:
                Validation = new()
                {
                    Id = FormattableString.Invariant($"{900 + Done.Count}"),
                    Name = name,
                    User = user,
                    Partition = partition,
                    Kind = JobKind.Batch,
                    Phase = JobPhase.Running,
                    Reservation = hold,
                    Nodes = [new(node, [], HoldsAll: true)],
                };
                Later(30, () => Validation = Validation is { Phase: JobPhase.Running } running && running.Name == name ? Ending(running) : Validation);
                break;
            case SchedulerAct.EndOwn when Validation is { Phase: JobPhase.Running }:
                Validation = Validation with { Phase = JobPhase.Cancelled };
                break;
            case SchedulerAct.DropHold(var name) when Job?.Reservation != name && Validation is not { Phase: JobPhase.Running }:
                _holds.Remove(name);
                break;
            case SchedulerAct.Signal when Job is { Phase: JobPhase.Running }:
                if (OnSignal is { } then) then();
                else Newest = new("/ckpt/asked", 100, Now.AddSeconds(1));
                break;
            case SchedulerAct.StopAndHold(_, var mayHaveEnded) when Job is { Phase: JobPhase.Running or JobPhase.Suspended } || (mayHaveEnded && Job is { Phase: JobPhase.Ended }):
                (Job, _isHeldNext) = (Job! with { Phase = JobPhase.Completing, Restarts = Job.Restarts + 1 }, true);
                break;
            case SchedulerAct.Steer(_, var nodes, var hold) when Job is { Phase: JobPhase.Held or JobPhase.Pending }:
                _startsIn = 2;
                Job = Job with { RequiredNodes = nodes, Reservation = hold };
                break;
            case SchedulerAct.Unsteer when Job is { Phase: JobPhase.Held or JobPhase.Pending }:
                Job = Job with { RequiredNodes = [], Reservation = "" };
                break;
            case SchedulerAct.LetGo when Job is { Phase: JobPhase.Held }:
                (Job, _startsIn) = (Job with { Phase = JobPhase.Pending }, 2);
                break;
            case SchedulerAct.Note(_, var text):
                Job = Job! with { AdminComment = OwnerNote.Merge(Job.AdminComment ?? "", text) };
                break;
            case SchedulerAct.Detach when Job is { Phase: JobPhase.Running }:
                Job = Job with { Reservation = "" };
                break;
        }
    }

    private void Later(int seconds, Action then) => _later.Add((Now.AddSeconds(seconds), then));

    private void Begin()
    {
        var free = _nodes.Values.Where(node => node.Phase == NodePhase.InService).Select(node => node.Name).Order(StringComparer.Ordinal).ToList();
        var wanted = Job!.RequiredNodes.IsEmpty ? [.. free.Take(Job.Cards / 8)] : Job.RequiredNodes;
        if (wanted.All(free.Contains)) Job = Job with { Phase = JobPhase.Running, Started = Now, Nodes = [.. wanted.Order(StringComparer.Ordinal).Select(name => new JobNode(name, [], HoldsAll: true))] };
    }
}
