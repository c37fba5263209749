using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>A group as its source names it.</summary>
internal readonly record struct GroupKey(TopologySource Source, string Name);

/// <summary>How nodes are divided into groups of one level: what is believed so far, to which the next source is held.</summary>
internal sealed class Division(string about)
{
    public SortedDictionary<string, GroupKey> Of { get; } = new(StringComparer.Ordinal);

    /// <summary>
    /// Takes what a less trusted source says. Names need not be the same, the nodes together must. A node that only the new source knows
    /// joins the believed group that has most of its group, or brings its own.
    /// </summary>
    public void Add(TopologySource source, IEnumerable<(string Node, string Group)> said, List<TopologyConflict> conflicts)
    {
        var groups = Taken(source, said, conflicts);
        var twins = Compare(source, groups, conflicts);
        foreach (var (node, group) in groups)
        {
            if (!Of.ContainsKey(node)) Of.Add(node, twins.TryGetValue(group, out var twin) ? twin : new(source, group));
        }
    }

    private SortedDictionary<string, string> Taken(TopologySource source, IEnumerable<(string Node, string Group)> said, List<TopologyConflict> conflicts)
    {
        var taken = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (node, group) in said)
        {
            if (taken.TryAdd(node, group) || string.Equals(taken[node], group, StringComparison.Ordinal)) continue;
            conflicts.Add(new(about, source, source, [node], $"{node} stands in {taken[node]} and in {group}; the first is taken"));
        }

        return taken;
    }

    /// <summary>Pairs the groups that have most nodes in common; what lies outside the pairs is a conflict. Returns the pairs.</summary>
    public Dictionary<string, GroupKey> Compare(TopologySource source, SortedDictionary<string, string> said, List<TopologyConflict> conflicts)
    {
        var common = said.Where(one => Of.ContainsKey(one.Key)).ToLookup(one => (Said: one.Value, Believed: Of[one.Key]), one => one.Key);
        var pairs = new Dictionary<string, GroupKey>(StringComparer.Ordinal);
        var taken = new HashSet<GroupKey>();
        var ordered = common.OrderByDescending(edge => edge.Count()).ThenBy(edge => edge.Key.Said, StringComparer.Ordinal)
            .ThenBy(edge => edge.Key.Believed.Name, StringComparer.Ordinal).ToList();
        foreach (var edge in ordered)
        {
            if (pairs.ContainsKey(edge.Key.Said) || taken.Contains(edge.Key.Believed)) continue;
            pairs.Add(edge.Key.Said, edge.Key.Believed);
            taken.Add(edge.Key.Believed);
        }

        foreach (var edge in ordered.Where(edge => !pairs.TryGetValue(edge.Key.Said, out var twin) || twin != edge.Key.Believed))
        {
            var (group, believed) = edge.Key;
            conflicts.Add(new(about, believed.Source, source, [.. edge.Order(StringComparer.Ordinal)],
                $"{about} of {Listed(edge)}: {believed.Name} ({believed.Source}) against {group} ({source})"));
        }

        return pairs;
    }

    private static string Listed(IEnumerable<string> nodes)
    {
        var sorted = nodes.Order(StringComparer.Ordinal).ToImmutableArray();
        return sorted.Length <= 4 ? string.Join(", ", sorted) : $"{sorted[0]}, {sorted[1]}, … {sorted[^1]} ({sorted.Length} nodes)";
    }
}
