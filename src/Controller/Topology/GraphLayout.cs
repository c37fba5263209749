using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>Turns the believed divisions into the numbers of a <see cref="TopologyGraph"/>.</summary>
internal sealed class GraphLayout
{
    private readonly ImmutableArray<string> _nodes;
    private readonly List<TopologyGroup> _groups = [];
    private readonly Dictionary<(GroupKey Key, int Level), int> _numbers = [];
    private readonly List<TopologyConflict> _conflicts;
    private readonly int _top;
    private readonly int[] _paths;

    public GraphLayout(
        ImmutableArray<string> nodes, Division domains, Division leaves, Dictionary<TopologySource, SwitchTree> trees, List<TopologyConflict> conflicts)
    {
        (_nodes, _conflicts) = (nodes, conflicts);
        _top = leaves.Of.Values.Distinct().SelectMany(leaf => Upwards(trees[leaf.Source], leaf)).Select(one => one.Level).DefaultIfEmpty(TopologyLevel.Leaf).Max();
        _paths = new int[nodes.Length * _top];
        Array.Fill(_paths, -1);
        for (var node = 0; node < nodes.Length; node++)
        {
            if (domains.Of.TryGetValue(nodes[node], out var domain)) _paths[node * _top] = Number(domain, TopologyLevel.Domain);
            if (!leaves.Of.TryGetValue(nodes[node], out var leaf)) continue;
            foreach (var (key, level) in Upwards(trees[leaf.Source], leaf)) _paths[(node * _top) + level - 1] = Number(key, level);
        }

        foreach (var members in Enumerable.Range(0, nodes.Length).Where(node => _paths[node * _top] >= 0).GroupBy(node => _paths[node * _top])) Nest([.. members]);
    }

    public TopologyGraph ToGraph(FailureDomainTable failureDomains) => new(_nodes, [.. _groups], _paths, _top, failureDomains);

    private static IEnumerable<(GroupKey Key, int Level)> Upwards(SwitchTree tree, GroupKey leaf)
    {
        for (string? at = leaf.Name; at is not null; at = tree.Above(at)) yield return (leaf with { Name = at }, tree.LevelOf(at));
    }

    /// <summary>
    /// A domain hangs beneath what all its nodes have in common: so distances stay an ultrametric. A node of which no tree tells stands where its domain does.
    /// </summary>
    private void Nest(int[] members)
    {
        var placed = members.Where(node => Path(node).ContainsAnyExcept(-1)).ToList();
        if (placed.Count == 0) return;
        var isSplit = false;
        for (var level = TopologyLevel.Leaf; level <= _top; level++)
        {
            var above = placed.Select(node => Path(node)[level - TopologyLevel.Leaf]).Distinct().ToList();
            isSplit |= above.Count > 1 && level == TopologyLevel.Leaf;
            foreach (var node in members) Path(node)[level - TopologyLevel.Leaf] = above.Count == 1 ? above[0] : -1;
        }

        if (!isSplit) return;
        var domain = _groups[_paths[members[0] * _top]];
        _conflicts.Add(new(TopologyLevel.NameOf(TopologyLevel.Leaf), domain.Source, domain.Source, [.. members.Select(node => _nodes[node])],
            $"scale-up domain {domain.Name} ({domain.Source}) lies beneath several leaves; its nodes count as beneath what these have in common"));
    }

    /// <summary>The node's groups from its leaf upwards.</summary>
    private Span<int> Path(int node) => _paths.AsSpan((node * _top) + TopologyLevel.Leaf - 1, _top - TopologyLevel.Leaf + 1);

    private int Number(GroupKey key, int level)
    {
        if (_numbers.TryGetValue((key, level), out var number)) return number;
        _groups.Add(new(key.Name, level, key.Source));
        return _numbers[(key, level)] = _groups.Count - 1;
    }
}
