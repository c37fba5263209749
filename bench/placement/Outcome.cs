using Forewarn.Controller.Placement;
using Forewarn.Controller.Topology;

namespace Forewarn.Bench.Placement;

/// <summary>What a choice of nodes means for the job and for the cluster; counted here, from the nodes alone, for everybody alike.</summary>
/// <param name="Ranks">Ranks moved.</param>
/// <param name="Span">Divided by that before the loss.</param>
/// <param name="Broken">Blocks and leaves that were free as a whole and are no more.</param>
/// <param name="TooFar">Groups that are farther apart than they bear.</param>
internal readonly record struct Outcome(double Ranks, double Span, double Broken, double TooFar)
{
    public static Outcome Of(PlacementProblem problem, int[] nodes)
    {
        var before = problem.Seats.Select(seat => seat.Node).ToArray();
        var ranks = problem.Seats.Where((seat, number) => nodes[number] != seat.Node).Sum(seat => seat.Ranks.Length);
        return new(ranks, (double)SpanOf(problem, nodes) / SpanOf(problem, before), BlocksBroken(problem, nodes), TooFarApart(problem, nodes));
    }

    private static long SpanOf(PlacementProblem problem, int[] nodes)
    {
        var sum = 0L;
        foreach (var group in problem.Groups)
        {
            var at = NodesOf(group, nodes);
            if (group.Kind is RankGroupKind.Expert) sum += group.Mebibytes * Widest(problem.Graph, at);
            else
            {
                for (var i = 1; i < at.Count; i++) sum += group.Mebibytes * problem.Graph.Distance(at[i - 1], at[i]);
                if (group.Kind == RankGroupKind.Data && at.Count > 2) sum += group.Mebibytes * problem.Graph.Distance(at[^1], at[0]);
            }
        }

        return sum;
    }

    private static int TooFarApart(PlacementProblem problem, int[] nodes)
        => problem.Groups.Count(group => group.Limit is { } limit && Widest(problem.Graph, NodesOf(group, nodes)) > limit);

    private static int BlocksBroken(PlacementProblem problem, int[] nodes)
    {
        var (graph, free, taken) = (problem.Graph, problem.Candidates.Select(one => one.Node).ToHashSet(), nodes.ToHashSet());
        return Enumerable.Range(0, graph.Groups.Length).Where(group => graph.Groups[group].Level <= TopologyLevel.Leaf).Count(group =>
        {
            var members = graph.Members(group).ToArray();
            return members.Length > 1 && members.All(free.Contains) && members.Count(taken.Contains) is > 0 and var count && count < members.Length;
        });
    }

    private static int Widest(TopologyGraph graph, List<int> nodes) => nodes.Count == 0 ? 0 : nodes.Max(node => graph.Distance(nodes[0], node));

    private static List<int> NodesOf(RankGroup group, int[] nodes) => [.. group.Ranks.Select(rank => nodes[rank / 8]).Distinct().Where(node => node >= 0)];
}
