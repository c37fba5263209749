using Forewarn.Controller.Topology;
using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>Turns the graph into its answer.</summary>
internal static class TopologyAnswers
{
    public static TopologyAnswer Of(TopologyStand stand) => new()
    {
        Time = stand.At,
        Sources = stand.Sources,
        Nodes = [.. stand.Graph.Nodes.Select((name, node) => Of(stand.Graph, name, node))],
        Conflicts = [.. stand.Conflicts.Select(static one => new TopologyConflictReport(one.About, one.Believed, one.Doubted, one.Nodes, one.Words))],
        Complaints = [.. stand.Complaints.Select(static one => one.ToString())],
    };

    /// <summary>One node.</summary>
    public static TopologyNodeReport Of(TopologyGraph graph, string name, int node)
    {
        List<TopologyGroupReport> path = [];
        for (var level = graph.Top; level >= TopologyLevel.Domain; level--)
        {
            if (graph.GroupOf(node, level) is >= 0 and var number && graph.Groups[number] is var group) path.Add(new(TopologyLevel.NameOf(group.Level), group.Name, group.Source));
        }

        var domains = Enumerable.Range(0, graph.FailureDomainKinds.Length).Select(kind => graph.FailureDomainOf(node, kind)).Where(static domain => domain >= 0);
        return new(name, path, [.. domains.Select(domain => graph.FailureDomainNames[domain])]);
    }
}
