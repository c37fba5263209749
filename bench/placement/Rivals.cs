using Forewarn.Controller.Placement;
using Forewarn.Controller.Topology;

namespace Forewarn.Bench.Placement;

/// <summary>How others choose: each gives the new node of every seat.</summary>
internal static class Rivals
{
    /// <summary>A free node that chance picks, for each one that is lost.</summary>
    public static int[] RandomSpare(Fleet fleet, PlacementProblem problem)
    {
        var free = fleet.Free.ToArray();
        new Random(free.Length).Shuffle(free);
        return Replaced(fleet, problem, free);
    }

    /// <summary>The free node with the lowest number, for each one that is lost.</summary>
    public static int[] LowestSpare(Fleet fleet, PlacementProblem problem) => Replaced(fleet, problem, fleet.Free);

    /// <summary>
    /// All anew, as a scheduler with a tree of switches does for a job that is queued again: beneath the lowest switch that has room, leaf by leaf, the one
    /// that fits best first; ranks in the order of the nodes' names.
    /// </summary>
    public static int[] FromScratch(Fleet fleet, PlacementProblem problem)
    {
        var (graph, lost) = (problem.Graph, problem.Troubles.Select(one => one.Node).ToHashSet());
        var open = fleet.Free.Concat(fleet.Job.Where(node => !lost.Contains(node))).Order().ToArray();
        for (var level = TopologyLevel.Leaf; level <= graph.Top; level++)
        {
            var fits = open.GroupBy(node => graph.GroupOf(node, level)).Where(nodes => nodes.Count() >= fleet.Job.Length).OrderBy(nodes => nodes.Count()).FirstOrDefault();
            if (fits is not null) return [.. BestLeaves(graph, [.. fits], fleet.Job.Length).Order()];
        }

        return [.. BestLeaves(graph, open, fleet.Job.Length).Order()];
    }

    private static IEnumerable<int> BestLeaves(TopologyGraph graph, int[] open, int need)
    {
        var leaves = open.GroupBy(node => graph.GroupOf(node, TopologyLevel.Leaf)).Select(leaf => leaf.ToList()).ToList();
        while (need > 0 && leaves.Count > 0)
        {
            var best = leaves.Where(leaf => leaf.Count >= need).MinBy(leaf => leaf.Count) ?? leaves.MaxBy(leaf => leaf.Count)!;
            leaves.Remove(best);
            foreach (var node in best.Take(need)) yield return node;
            need -= Math.Min(need, best.Count);
        }
    }

    private static int[] Replaced(Fleet fleet, PlacementProblem problem, int[] free)
    {
        var (lost, next) = (problem.Troubles.Select(one => one.Node).ToHashSet(), 0);
        return [.. fleet.Job.Select(node => !lost.Contains(node) ? node : next < free.Length ? free[next++] : -1)];
    }
}
