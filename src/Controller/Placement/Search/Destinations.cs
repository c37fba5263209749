using System.Numerics;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement.Search;

/// <summary>All nodes that may take ranks of the job, by number and by the groups that they lie in.</summary>
internal sealed class Destinations
{
    private readonly int[] _inGroup;    // places of the destinations, group after group
    private readonly int[] _groupStart; // where each group begins there
    private readonly int[] _all;

    public Destinations(PlacementProblem problem, bool[] isTroubled)
    {
        List = [.. Offered(problem, isTroubled, Excluded).Concat(Vacated(problem, isTroubled)).OrderBy(one => one.Node)];
        _all = [.. Enumerable.Range(0, List.Length)];
        var graph = problem.Graph;
        _groupStart = new int[graph.Groups.Length + 1];
        EachGroup(graph, (_, group) => _groupStart[group + 1]++);
        for (var group = 0; group < graph.Groups.Length; group++) _groupStart[group + 1] += _groupStart[group];
        _inGroup = new int[_groupStart[^1]];
        var next = _groupStart.ToArray();
        EachGroup(graph, (place, group) => _inGroup[next[group]++] = place);
    }

    /// <summary>In the order of the nodes.</summary>
    public Destination[] List { get; }

    public Exclusions Excluded { get; } = new();

    /// <summary>The destinations beneath a group, or all for -1.</summary>
    public ReadOnlySpan<int> Within(int group) => group < 0 ? _all : _inGroup.AsSpan(_groupStart[group], _groupStart[group + 1] - _groupStart[group]);

    private void EachGroup(TopologyGraph graph, Action<int, int> see)
    {
        for (var place = 0; place < List.Length; place++)
        {
            for (var level = TopologyLevel.Domain; level <= graph.Top; level++)
            {
                if (graph.GroupOf(List[place].Node, level) is >= 0 and var group) see(place, group);
            }
        }
    }

    private static List<Destination> Offered(PlacementProblem problem, bool[] isTroubled, Exclusions excluded)
    {
        var own = new bool[problem.Graph.Nodes.Length];
        foreach (var seat in problem.Seats) own[seat.Node] = true;
        var classes = Numbers(problem.Classes);
        var pools = Numbers(problem.Quotas.Select(quota => quota.Pool));
        var fewest = problem.Seats.Min(seat => seat.Cards);
        var offered = new List<Destination>(problem.Candidates.Length);
        foreach (var one in problem.Candidates)
        {
            var pool = one.Pool is null ? -1 : pools.GetValueOrDefault(one.Pool, -1);
            var number = classes.GetValueOrDefault(one.Class, -1);
            if (isTroubled[one.Node]) excluded.Troubled++;
            else if (own[one.Node]) excluded.OfTheJob++;
            else if (one.IsQuarantined) excluded.Quarantined++;
            else if (number < 0) excluded.OtherClass++;
            else if (BitOperations.PopCount(one.FreeCards) < fewest) excluded.TooFewCards++;
            else if (pool >= 0 && problem.Quotas[pool].NodesLeft <= 0) excluded.OverQuota++;
            else offered.Add(new(one.Node, one.FreeCards, one.Readiness, number, Board.RiskOf(one.Risk), pool, -1));
        }

        return offered;
    }

    /// <summary>A replica that is given up leaves its healthy nodes to the others.</summary>
    private static IEnumerable<Destination> Vacated(PlacementProblem problem, bool[] isTroubled)
    {
        if (problem.FewestReplicas >= problem.Replicas.Length) yield break;
        for (var replica = 0; replica < problem.Replicas.Length; replica++)
        {
            foreach (var seat in problem.Replicas[replica].Select(number => problem.Seats[number]).Where(seat => !isTroubled[seat.Node]))
            {
                yield return new(seat.Node, ulong.MaxValue >> (64 - seat.Cards), Readiness.Free, 0, 0, -1, replica);
            }
        }
    }

    private static Dictionary<string, int> Numbers(IEnumerable<string> names)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names) numbers.TryAdd(name, numbers.Count);
        return numbers;
    }
}
