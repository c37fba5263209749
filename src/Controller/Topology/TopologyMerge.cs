using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>
/// Makes one graph of what several sources say. Of each node the most trusted source that speaks of it is believed, for its scale-up domain, for its place in the
/// tree and for each failure domain separately.
/// </summary>
public static class TopologyMerge
{
    /// <summary>The graph of the nodes that any source names; the order of <paramref name="sources"/> means nothing.</summary>
    public static MergedTopology Of(IEnumerable<TopologyFacts> sources)
    {
        var facts = sources.OrderBy(one => one.Source).ToImmutableArray();
        var conflicts = new List<TopologyConflict>();
        var domains = new Division(TopologyLevel.NameOf(TopologyLevel.Domain));
        var leaves = new Division(TopologyLevel.NameOf(TopologyLevel.Leaf));
        var trees = new Dictionary<TopologySource, SwitchTree>();
        foreach (var one in facts)
        {
            if (!trees.TryAdd(one.Source, new(one, conflicts)))
            {
                conflicts.Add(new("source", one.Source, one.Source, [], $"{one.Source} was told twice; the first is taken"));
                continue;
            }

            domains.Add(one.Source, Told(one, node => node.Domain), conflicts);
            leaves.Add(one.Source, Told(one, node => node.Switch), conflicts);
        }

        var told = facts.DistinctBy(one => one.Source).ToImmutableArray();
        CompareAbove(told, leaves, trees, conflicts);
        var names = told.SelectMany(one => one.Nodes).Select(node => node.Node).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        var graph = new GraphLayout(names, domains, leaves, trees, conflicts).ToGraph(FailureDomains(told, names, conflicts));
        return new(graph, [.. conflicts]);
    }

    private static IEnumerable<(string Node, string Group)> Told(TopologyFacts facts, Func<NodeFacts, string?> what)
        => facts.Nodes.Where(node => what(node) is not null).Select(node => (node.Node, what(node)!));

    /// <summary>Above the leaves nothing is merged, since each node's way up is that of its own source; but what differs is said.</summary>
    private static void CompareAbove(
        ImmutableArray<TopologyFacts> facts, Division leaves, Dictionary<TopologySource, SwitchTree> trees, List<TopologyConflict> conflicts)
    {
        foreach (var doubted in facts)
        {
            for (var level = TopologyLevel.Spine; level <= TopologyLevel.Core; level++)
            {
                var believed = new Division(TopologyLevel.NameOf(level));
                foreach (var (node, leaf) in leaves.Of.Where(one => one.Value.Source != doubted.Source))
                {
                    if (Ancestor(trees[leaf.Source], leaf.Name, level) is { } above) believed.Of.Add(node, new(leaf.Source, above));
                }

                var said = new SortedDictionary<string, string>(StringComparer.Ordinal);
                foreach (var (node, leaf) in Told(doubted, node => node.Switch))
                {
                    if (Ancestor(trees[doubted.Source], leaf, level) is { } above) said.TryAdd(node, above);
                }

                believed.Compare(doubted.Source, said, conflicts);
            }
        }
    }

    private static string? Ancestor(SwitchTree tree, string leaf, int level)
    {
        var at = leaf;
        while (at is not null && tree.LevelOf(at) < level) at = tree.Above(at);
        return at is not null && tree.LevelOf(at) == level ? at : null;
    }

    private static FailureDomainTable FailureDomains(ImmutableArray<TopologyFacts> facts, ImmutableArray<string> nodes, List<TopologyConflict> conflicts)
    {
        var believed = new SortedDictionary<string, SortedDictionary<string, (TopologySource Source, string Value)>>(StringComparer.Ordinal);
        foreach (var (source, node) in facts.SelectMany(one => one.Nodes.Select(node => (one.Source, node))))
        {
            foreach (var (kind, value) in node.FailureDomains)
            {
                if (!believed.TryGetValue(kind, out var ofKind)) believed.Add(kind, ofKind = new(StringComparer.Ordinal));
                if (ofKind.TryAdd(node.Node, (source, value)) || string.Equals(ofKind[node.Node].Value, value, StringComparison.Ordinal)) continue;
                var (who, what) = ofKind[node.Node];
                conflicts.Add(new(kind, who, source, [node.Node], $"{kind} of {node.Node}: {what} ({who}) against {value} ({source})"));
            }
        }

        ImmutableArray<string> kinds = [.. believed.Keys];
        ImmutableArray<string> names =
            [.. believed.SelectMany(ofKind => ofKind.Value.Values.Select(one => $"{ofKind.Key} {one.Value}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var numbers = names.Select((name, number) => (name, number)).ToDictionary(one => one.name, one => one.number, StringComparer.Ordinal);
        var values = new int[nodes.Length * kinds.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var (node, kind) = (nodes[i / kinds.Length], kinds[i % kinds.Length]);
            values[i] = believed[kind].TryGetValue(node, out var one) ? numbers[$"{kind} {one.Value}"] : -1;
        }

        return new(kinds, names, values);
    }
}
