using System.Numerics;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement.Search;

/// <summary>What is free beneath each domain and switch before anything is taken, whoever could use it.</summary>
internal sealed class Stock
{
    private readonly int[] _free;
    private readonly int[] _healthy;
    private readonly int[] _needed;

    public Stock(Board board)
    {
        var (graph, problem) = (board.Graph, board.Problem);
        _free = new int[graph.Groups.Length];
        _healthy = new int[graph.Groups.Length];
        var isOut = new bool[graph.Nodes.Length];
        foreach (var trouble in problem.Troubles) isOut[trouble.Node] = true;
        for (var group = 0; group < _healthy.Length; group++)
        {
            foreach (var node in graph.Members(group)) _healthy[group] += isOut[node] ? 0 : 1;
        }

        foreach (var one in problem.Candidates)
        {
            if (one.IsQuarantined || one.Readiness == Readiness.Preemptible || isOut[one.Node] || BitOperations.PopCount(one.FreeCards) == 0) continue;
            for (var level = TopologyLevel.Domain; level <= graph.Top; level++)
            {
                if (graph.GroupOf(one.Node, level) is >= 0 and var group) _free[group]++;
            }
        }

        _needed = new int[graph.Groups.Length];
        if (problem.Spares is not { } spares) return;
        var sizes = new Dictionary<int, int>();
        for (var group = 0; group < _needed.Length; group++)
        {
            if (graph.Groups[group].Level != spares.Level) continue;
            if (!sizes.TryGetValue(_healthy[group], out var need)) sizes.Add(_healthy[group], need = spares.For(_healthy[group]));
            _needed[group] = need;
        }
    }

    /// <summary>Idle nodes and spares.</summary>
    public int FreeIn(int group) => _free[group];

    /// <summary>Whether all of its nodes are well and free, more than one of them.</summary>
    public bool IsWhole(TopologyGraph graph, int group) => graph.Members(group).Length is > 1 and var count && _free[group] == count;

    /// <summary>How many spares are missing beneath the group once so many are taken, beyond what is missing anyway.</summary>
    public int Missing(int group, int taken) => Math.Max(0, _needed[group] - (_free[group] - taken)) - Math.Max(0, _needed[group] - _free[group]);
}
