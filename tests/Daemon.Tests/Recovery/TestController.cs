using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Controller.Topology;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Tests.Schedulers;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>
/// A controller over a cluster in memory, its journal in a file. It can be thrown away and built anew from the file at any time. Through Slurm's programs it uses the adapter that a
/// real Slurm is used with, and each command is answered as a real Slurm did.
/// </summary>
internal sealed class TestController : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Dictionary<string, NodeSight> _agents;
    private readonly TopologyGraph _graph;
    private readonly bool _isThroughSlurm;
    private SqliteJournal? _journal;
    private bool _isWoken;

    public TestController(int nodes = 8, int perLeaf = 5, bool throughSlurm = false)
    {
        _isThroughSlurm = throughSlurm;
        Cluster = new(Time, nodes);
        Slurm = new(Cluster);
        _agents = Enumerable.Range(1, nodes).Select(number => new NodeSight { Name = $"n{number}", Devices = [Well($"GPU-n{number}"), Well("node")] }).ToDictionary(node => node.Name);
        _graph = TopologyMerge.Of([new(TopologySource.File, [.. Enumerable.Range(1, nodes).Select(number => new NodeFacts($"n{number}", Switch: $"leaf{(number - 1) / perLeaf}"))])]).Graph;
        Start();
    }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>By how much somebody has set the controller's clock ahead.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>How long it takes to say what follows from a look.</summary>
    public TimeSpan Thinking { get; set; }

    /// <summary>The scheduler is read when this is done.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public MemoryCluster Cluster { get; }

    /// <summary>Its programs.</summary>
    public SlurmDouble Slurm { get; }

    public RecoveryRunner Runner { get; private set; } = null!;

    public string File => Path.Join(_folder.Path, "journal.db");

    public CoordinationSettings Settings { get; set; } = new() { Guards = new() { Mode = ActionMode.Auto, MaxDrainedShare = 1, MaxDrainedShareOfDomain = 1 } };

    public IEnumerable<JournalEntry> Lines => _journal!.Of(1);

    public JobRecovery? Move => Runner.State.Recoveries.GetValueOrDefault("41");

    /// <summary>A new controller on the old journal; the one before is gone, whatever it was at.</summary>
    public void Start(KillPoints? points = null)
    {
        _journal?.Dispose();
        _journal = SqliteJournal.Open(File, Time.GetUtcNow());
        points ??= new();
        IScheduler scheduler = new SlowlyRead(_isThroughSlurm ? new SlurmScheduler(Slurm, new(), Time) : Cluster, () => Reading);
        var checkpoints = new CheckpointWatch(Read, Time) { Changed = Wake };
        Runner = new(
            points.Over(scheduler), points.Over(_journal), new(() => _agents.ToImmutableDictionary(), () => _graph, Think, code => code is 31, Cluster.Runs.GetValueOrDefault),
            checkpoints, new(), new SetClock(this), NullLogger.Instance);
    }

    public void Announce(string node, HealthState state = HealthState.Failing, string rule = "row-remap-failed", RepairAction repair = RepairAction.ReplaceHardware, string? job = null) => _agents[node] = _agents[node] with
    {
        Devices =
        [
            new()
            {
                Device = new($"GPU-{node}"), Card = 0, State = state, Rule = rule, Actions = new(WorkAction.CheckpointAndMove, repair),
                Probability = state == HealthState.Failed ? FailureProbability.Certain : new(0.9, 0.95, 0.99), Jobs = job is null ? [] : [job],
            },
            Well("node"),
        ],
    };

    /// <summary>All that the node has is well, in this boot.</summary>
    public void Mend(string node, string boot) => _agents[node] = _agents[node] with { BootId = boot, Devices = [Well($"GPU-{node}"), Well("node")] };

    public void Silence(string node) => _agents[node] = _agents[node] with { IsSilent = true };

    /// <summary>Looks, and lets the time between two looks pass, until it holds; at most an hour of the cluster's time.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        var until = Time.GetUtcNow().AddHours(1);
        while (!holds())
        {
            Assert.True(Time.GetUtcNow() < until, $"not within an hour: {Move}");
            var wait = await Runner.LookAsync(default);
            Time.Advance(_isWoken ? TimeSpan.Zero : wait);
            _isWoken = false;
            Cluster.Settle();
        }
    }

    public Task UntilAsync(RecoveryStep step) => UntilAsync(() => Move?.Step == step);

    public Task ToItsEndAsync() => UntilAsync(() => Move is { Step: RecoveryStep.Closed } && Cluster.Holds == 0);

    /// <summary>The job runs on these nodes, and of what was done for it nothing is left.</summary>
    public void RunsOn(params string[] nodes)
    {
        var job = Cluster.Job("41")!;
        Assert.Equal((JobPhase.Running, "", 0), (job.Phase, job.Reservation, Cluster.Holds));
        Assert.Equal(nodes, job.Nodes.Select(node => node.Name));
    }

    public int Count<T>()
        where T : SchedulerAct => Cluster.Done.OfType<T>().Count();

    public void Dispose()
    {
        _journal?.Dispose();
        _folder.Dispose();
    }

    private sealed class SlowlyRead(IScheduler scheduler, Func<Task> reading) : IScheduler
    {
        public string Name => scheduler.Name;

        public async Task<ClusterReading> ReadAsync(CancellationToken cancellation)
        {
            await reading();
            return await scheduler.ReadAsync(cancellation);
        }

        public Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation) => scheduler.DoAsync(act, cancellation);
    }

    private sealed class SetClock(TestController controller) : TimeProvider
    {
        public override long TimestampFrequency => controller.Time.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => controller.Time.GetUtcNow() + controller.Ahead;

        public override long GetTimestamp() => controller.Time.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => controller.Time.CreateTimer(callback, state, dueTime, period);
    }

    private CoordinationSettings Think()
    {
        Time.Advance(Thinking);
        return Settings;
    }

    private void Wake()
    {
        _isWoken = true;
        Runner.Wake();
    }

    private static DeviceSight Well(string device) => new() { Device = new(device), State = HealthState.Healthy };

    private Task<CheckpointReading> Read(ClusterJob job, CancellationToken cancellation) => Task.FromResult(new CheckpointReading(Cluster.Checkpoints.GetValueOrDefault(job.Id), true));
}
