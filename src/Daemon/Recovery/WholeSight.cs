using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Schedulers;
using Forewarn.Controller.Topology;
using Forewarn.Daemon.Fleet;

namespace Forewarn.Daemon.Recovery;

/// <summary>All that is known at one moment.</summary>
/// <param name="Fleet">What the agents told.</param>
/// <param name="Now">The time by which they are heard.</param>
/// <param name="Work">The journal, read to its end; empty where nobody's work is looked after.</param>
/// <param name="Cluster">The scheduler's last whole answer; null before it, and where none is asked.</param>
/// <param name="Graph">How the nodes are wired; null while nobody knows.</param>
internal sealed record WholeSight(FleetState Fleet, DateTimeOffset Now, ControllerState Work, ClusterSight? Cluster, TopologyGraph? Graph)
{
    /// <summary>Any node is simulated.</summary>
    public bool IsSimulated => Fleet.Nodes.Values.Any(static node => node.IsSimulated);

    /// <summary>Names of all nodes that agents or scheduler tell of, in their order.</summary>
    public IEnumerable<string> Names
        => (Cluster is null ? Fleet.Nodes.Keys : Fleet.Nodes.Keys.Union(Cluster.Nodes.Keys, StringComparer.Ordinal)).Order(StringComparer.Ordinal);

    public static WholeSight Of(FleetKeeper keeper, RecoveryHost? host)
        => new(keeper.State, keeper.Now, host?.Runner.State ?? ControllerState.Empty, host?.Runner.Sight, host?.Topology?.Graph);
}
