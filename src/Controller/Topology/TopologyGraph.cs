using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>
/// How the nodes are wired, whoever said so: node – scale-up domain – leaf – spine – core – … Immutable; nodes and groups are numbers, in the order of
/// the nodes' names. Distances are an ultrametric: of three nodes, the two greater distances are equal.
/// </summary>
public sealed class TopologyGraph
{
    private readonly Dictionary<string, int> _byName;
    private readonly int[] _paths; // node × level above it → group, -1 where there is none
    private readonly int[][] _members;
    private readonly int[] _failureDomains; // node × kind → value, -1 where it is not told

    internal TopologyGraph(ImmutableArray<string> nodes, ImmutableArray<TopologyGroup> groups, int[] paths, int top, FailureDomainTable failureDomains)
    {
        (Nodes, Groups, Top, _paths) = (nodes, groups, top, paths);
        (FailureDomainKinds, FailureDomainNames, _failureDomains) = (failureDomains.Kinds, failureDomains.Names, failureDomains.Values);
        _byName = new(nodes.Length, StringComparer.Ordinal);
        for (var node = 0; node < nodes.Length; node++) _byName.Add(nodes[node], node);
        var members = new List<int>[groups.Length];
        for (var group = 0; group < members.Length; group++) members[group] = [];
        for (var i = 0; i < paths.Length; i++)
        {
            if (paths[i] >= 0) members[paths[i]].Add(i / top);
        }

        _members = [.. members.Select(list => list.ToArray())];
    }

    /// <summary>A graph of no nodes.</summary>
    public static TopologyGraph Empty { get; } = new([], [], [], TopologyLevel.Leaf, new([], [], []));

    /// <summary>The nodes' names, ordinally sorted.</summary>
    public ImmutableArray<string> Nodes { get; }

    /// <summary>All domains and switches.</summary>
    public ImmutableArray<TopologyGroup> Groups { get; }

    /// <summary>The highest level that has a group, at least <see cref="TopologyLevel.Leaf"/>.</summary>
    public int Top { get; }

    /// <summary>The distance of nodes of which nothing in common is known.</summary>
    public int Apart => Top + 1;

    /// <summary>The kinds of failure domains that anybody told, sorted.</summary>
    public ImmutableArray<string> FailureDomainKinds { get; }

    /// <summary>Kind and value of each failure domain, as <c>rack r17</c>.</summary>
    public ImmutableArray<string> FailureDomainNames { get; }

    /// <summary>The node's number, or -1.</summary>
    public int Find(string node) => _byName.GetValueOrDefault(node, -1);

    /// <summary>The group of this level above the node, or -1.</summary>
    public int GroupOf(int node, int level) => level >= TopologyLevel.Domain && level <= Top ? _paths[(node * Top) + level - 1] : -1;

    /// <summary>The lowest group above the node, or -1.</summary>
    public int LowestGroupOf(int node)
    {
        for (var i = node * Top; i < (node + 1) * Top; i++)
        {
            if (_paths[i] >= 0) return _paths[i];
        }

        return -1;
    }

    /// <summary>The nodes of a group, in their order.</summary>
    public ReadOnlySpan<int> Members(int group) => _members[group];

    /// <summary>The level of the lowest group that has both nodes: 0 for the same node, <see cref="Apart"/> where there is none.</summary>
    public int Distance(int one, int other)
    {
        if (one == other) return TopologyLevel.Node;
        var (a, b) = (one * Top, other * Top);
        for (var level = 0; level < Top; level++)
        {
            if (_paths[a + level] == _paths[b + level] && _paths[a + level] >= 0) return level + 1;
        }

        return Apart;
    }

    /// <summary>The node's failure domain of this kind (a place in <see cref="FailureDomainKinds"/>), or -1.</summary>
    public int FailureDomainOf(int node, int kind) => _failureDomains[(node * FailureDomainKinds.Length) + kind];
}
