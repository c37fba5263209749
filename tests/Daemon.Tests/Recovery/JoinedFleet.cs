using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Fleet;
using Forewarn.Daemon.Topology;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>The real controller, to which eight agents report, over a cluster in memory with a file of the site. A test looks by hand.</summary>
internal sealed class JoinedFleet : IAsyncDisposable
{
    private const int Nodes = 8;
    private const int Cards = 8;

    private readonly TemporaryFolder _folder;
    private readonly Dictionary<string, ReportedDevice> _ill = [];
    private readonly TopologyWatch _topology;
    private long _sequence;

    private JoinedFleet(TemporaryFolder folder, ServedFleet served, MemoryCluster cluster, TopologyWatch topology)
        => (_folder, Served, Cluster, _topology) = (folder, served, cluster, topology);

    public ServedFleet Served { get; }

    public MemoryCluster Cluster { get; }

    /// <summary>Where the controller keeps what must survive.</summary>
    public string StateDir => Path.Join(_folder.Path, "state");

    public RecoveryHost Host => Served.Recovery!;

    public ControllerState State => Host.Runner.State;

    public JobRecovery? Move => State.Recoveries.GetValueOrDefault("41");

    public static async Task<JoinedFleet> StartAsync(ActionMode mode)
    {
        var folder = new TemporaryFolder();
        var site = folder.Write("topology", "n[1-5] leaf=leaf0\nn[6-8] leaf=leaf1\n");
        (MemoryCluster Cluster, TopologyWatch Topology) made = default;
        var served = await ServedFleet.StartAsync(folder, parts: time =>
        {
            made = (new MemoryCluster(time, Nodes), new TopologyWatch(new() { SiteFile = site }, null, time, NullLogger.Instance));
            var options = new RecoveryOptions { Coordination = new() { Guards = new() { Mode = mode, MaxDrainedShare = 1, MaxDrainedShareOfDomain = 1 } } };
            return new(made.Cluster, options, made.Topology, (job, _) => Task.FromResult(new CheckpointReading(made.Cluster.Checkpoints.GetValueOrDefault(job.Id), true)));
        });
        var fleet = new JoinedFleet(folder, served, made.Cluster!, made.Topology!);
        fleet.Cluster.Run("41", "n1", "n2", "n3", "n4");
        await fleet._topology.LookAsync(default);
        await fleet.TellAllAsync();
        return fleet;
    }

    /// <summary>From now on the agent of this node tells of a card that is about to fail.</summary>
    public void Announce(string node, RepairAction repair = RepairAction.ReplaceHardware) => _ill[node] = Card(node, 3) with
    {
        State = HealthState.Failing,
        Rule = "row-remap-failed",
        Summary = "a row could not be remapped",
        Actions = new(WorkAction.CheckpointAndMove, repair),
        Probability = new(0.9, 0.95, 0.99),
    };

    /// <summary>And from now on that it has.</summary>
    public void Fail(string node) => _ill[node] = _ill[node] with { State = HealthState.Failed };

    /// <summary>And from now on that it is well.</summary>
    public void Heal(string node) => _ill.Remove(node);

    /// <summary>What its agent is answered.</summary>
    public Task<ReportReply> TellAsync(string node) => Served.TellAsync(Report(node));

    public async Task TellAllAsync()
    {
        for (var number = 1; number <= Nodes; number++) await TellAsync($"n{number}");
    }

    /// <summary>All agents tell how they stand, the loop looks, and the time between two looks passes, until it holds; at most an hour of the cluster's time.</summary>
    public async Task UntilAsync(Func<bool> holds)
    {
        var until = Served.Time.GetUtcNow().AddHours(1);
        while (!holds())
        {
            Assert.True(Served.Time.GetUtcNow() < until, $"not within an hour: {Move}; {Host.Trouble}");
            await LookAsync();
        }
    }

    public async Task LookAsync()
    {
        await TellAllAsync();
        var wait = await Host.Runner.LookAsync(default);
        Served.Time.Advance(wait < ReportProtocol.Heartbeat ? wait : ReportProtocol.Heartbeat);
        Cluster.Settle();
    }

    public async ValueTask DisposeAsync()
    {
        await Served.DisposeAsync();
        _folder.Dispose();
    }

    private AgentReport Report(string node) => ServedFleet.Report(node, ++_sequence) with
    {
        Devices = [.. Enumerable.Range(0, Cards).Select(card => _ill.GetValueOrDefault(node) is { } ill && ill.Minor == card ? ill : Card(node, card))],
    };

    private static ReportedDevice Card(string node, int card) => ServedFleet.Device($"GPU-{node}-{card}", $"{node}-{card}", HealthState.Healthy) with { Minor = card };
}
