using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Controller.Tests.Recovery;
using Forewarn.Controller.Topology;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>A cluster whose agents speak, and the controller that looks at both; its journal is kept, and can be read back at any time.</summary>
internal sealed class TestFleet
{
    private readonly Dictionary<string, NodeSight> _agents = [];
    private readonly string[] _ranOn;
    private ClusterSight? _before;
    private int _acts;

    /// <summary>So many nodes, five to a leaf; job 41 runs on these.</summary>
    public TestFleet(int nodes, params int[] job)
    {
        _ranOn = [.. job.Select(TestCluster.Node)];
        Cluster = new(nodes, job) { Newest = null };
        foreach (var number in Enumerable.Range(1, nodes)) _agents[TestCluster.Node(number)] = new() { Name = TestCluster.Node(number), Devices = [Well($"GPU-{number}-0", 0), Itself] };
        Graph = TopologyMerge.Of([new(TopologySource.File, [.. Enumerable.Range(1, nodes).Select(number => new NodeFacts(TestCluster.Node(number), Switch: $"leaf{(number - 1) / 5}"))])]).Graph;
    }

    public TestCluster Cluster { get; }

    /// <summary>The node that the job got for the one that it lost.</summary>
    public string NewNode => Assert.Single(Cluster.Job!.Nodes.Select(node => node.Name).Except(_ranOn));

    public TopologyGraph Graph { get; set; }

    public ControllerState State { get; set; } = ControllerState.Empty with { Epoch = 3 };

    public List<JournalEntry> Journal { get; } = [];

    public CoordinationSettings Settings { get; set; } = new() { Guards = new() { Mode = ActionMode.Auto, MaxDrainedShareOfDomain = 1, MaxDrainedShare = 1 } };

    /// <summary>How long ago the scheduler was read.</summary>
    public TimeSpan SightAge { get; set; }

    /// <summary>The scheduler is being read at present.</summary>
    public bool IsBetweenReadings { get; set; }

    /// <summary>The guards that are asked.</summary>
    public IEnumerable<IGuard> Guards { get; set; } = Guard.All;

    public IEnumerable<DecisionRecord> Decisions => Journal.OfType<JournalEntry.OfDecision>().Select(entry => entry.Decision);

    public DecisionRecord Last => Decisions.Last();

    public JobRecovery Move => State.Recoveries["41"];

    public NodeSight this[int node]
    {
        get => _agents[TestCluster.Node(node)];
        set => _agents[TestCluster.Node(node)] = value;
    }

    /// <summary>A card of the node is announced to fail, with near certainty within the hour.</summary>
    public TestFleet Announce(int node, int card = 0, string rule = "row-remap-failed", long code = 0, HealthState state = HealthState.Failing, WorkAction work = WorkAction.CheckpointAndMove,
        RepairAction repair = RepairAction.ReplaceHardware)
    {
        this[node] = this[node] with
        {
            Devices =
            [
                new()
                {
                    Device = new($"GPU-{node}-{card}"), Card = card, State = state, Rule = rule, Code = code, Actions = new(work, repair),
                    Probability = state == HealthState.Failed ? FailureProbability.Certain : new(0.9, 0.95, 0.99),
                },
                Itself,
            ],
        };
        return this;
    }

    public TestFleet Recover(int node)
    {
        this[node] = this[node] with { Devices = [.. this[node].Cards.Select(card => Well(card.Device.Value, card.Card)), Itself] };
        return this;
    }

    /// <summary>Nobody tells of this node any more, or has ever done.</summary>
    public void Forget(int node) => _agents.Remove(TestCluster.Node(node));

    /// <summary>Which acts, by their number, are killed before they are done.</summary>
    public HashSet<int> KilledBefore { get; } = [];

    public CoordinationPlan Plan() => Coordinator.Next(View());

    /// <summary>One look: what is written is written, what is done is done.</summary>
    public TestFleet Look()
    {
        var view = View();
        var plan = Coordinator.Next(view);
        _before = view.Cluster;
        foreach (var step in plan.Steps)
        {
            Journal.AddRange(step.Entries);
            State = step.Entries.Aggregate(State, static (state, entry) => state.With(entry));
            foreach (var act in step.Acts)
            {
                if (KilledBefore.Contains(_acts++)) break;
                Cluster.Do(act);
            }
        }

        return this;
    }

    public TestFleet Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            Cluster.Pass(TimeSpan.FromSeconds(1));
            Look();
        }

        return this;
    }

    /// <summary>Looks until the move stands at this step, at most an hour.</summary>
    public TestFleet Until(RecoveryStep step)
    {
        for (var seconds = 0; seconds < 3600 && State.Recoveries.GetValueOrDefault("41")?.Step != step; seconds++)
        {
            Look();
            Cluster.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(step, Move.Step);
        return this;
    }

    public TestFleet ToItsEnd() => Until(RecoveryStep.Closed).LeavesNothingBehind();

    public TestFleet LeavesNothingBehind()
    {
        Pass(5);
        Assert.Empty(Cluster.Holds);
        Assert.True(Cluster.Job is null or { Reservation: "", Phase: not JobPhase.Held }, $"{Cluster.Job}");
        return this;
    }

    public TestFleet Order(OrderKind kind, long incident = 0, string job = "", string node = "")
    {
        State = State.With(new JournalEntry.OfOrder(new(kind, "hans", "so I say", incident, job, node)) { At = Cluster.Now });
        return this;
    }

    /// <summary>A card that is well.</summary>
    public static DeviceSight Well(string device, int card) => new() { Device = new(device), Card = card, State = HealthState.Healthy };

    private static DeviceSight Itself => Well(DeviceId.Node.Value, -1);

    private CoordinationView View() => new()
    {
        State = State,
        Cluster = Cluster.See().Cluster with { At = Cluster.Now - SightAge },
        Before = _before,
        Nodes = _agents.ToImmutableDictionary(),
        Graph = Graph,
        Settings = Settings,
        Repairs = Cluster.Runs.GetValueOrDefault,
        Checkpoints = job => job == "41" ? Cluster.Checkpoints : new(),
        IsApplicationCode = code => code is 13 or 31 or 43 or 45,
        Guards = [.. Guards],
        IsBetweenReadings = IsBetweenReadings,
        Now = Cluster.Now,
    };
}
