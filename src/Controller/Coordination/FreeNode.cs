using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Coordination;

/// <summary>A node that could take a job, as far as that is the same for every job of its partition.</summary>
/// <param name="Node">As its scheduler tells it.</param>
/// <param name="Place">Its number in the graph.</param>
/// <param name="Failure">Chance that any of its devices fails.</param>
internal readonly record struct FreeNode(ClusterNode Node, int Place, FailureProbability Failure)
{
    /// <summary>All of a partition: in service, known to be wired, not kept by a person, and its agent tells that it is well.</summary>
    public static IEnumerable<FreeNode> Of(Desk desk, string partition)
    {
        foreach (var node in desk.Cluster.Nodes.Values)
        {
            if (node is not { Phase: NodePhase.InService, FreeCards: > 0 } || !node.Partitions.Contains(partition) || desk.State.Kept.ContainsKey(node.Name)) continue;
            var place = desk.View.Graph.Find(node.Name);
            if (place >= 0 && desk.View.Nodes.GetValueOrDefault(node.Name) is { IsFit: true } told)
                yield return new(node, place, told.Devices.Aggregate(default(FailureProbability), static (chance, device) => chance.Or(device.Probability)));
        }
    }
}
