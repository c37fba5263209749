using System.Globalization;

namespace Forewarn.Controller.Topology;

/// <summary>
/// Makes a tree of a network that was walked cable by cable. A switch stands as many tiers up as it is cables away from the nearest node; what hangs
/// together through the switches of one tier and those beneath is one group. So the rails of a node are one leaf, and a cable that is missing changes nothing as long as
/// another goes the same way.
/// </summary>
public static class FabricTiers
{
    /// <summary>Facts of these nodes, whatever else hangs on the network; a cable between two nodes says nothing.</summary>
    public static TopologyFacts Of(IEnumerable<FabricLink> links, IReadOnlySet<string> nodes)
    {
        var neighbours = new SortedDictionary<string, SortedSet<string>>(StringComparer.Ordinal);
        foreach (var (one, other) in links)
        {
            if (nodes.Contains(one) && nodes.Contains(other)) continue;
            Add(one, other);
            Add(other, one);
        }

        var tiers = Tiers(neighbours, nodes);
        var present = neighbours.Keys.Where(nodes.Contains).ToList();
        var above = present.ToDictionary(node => node, node => node, StringComparer.Ordinal); // the group of each node, tier by tier
        var (switches, leaves) = (new List<SwitchFacts>(), new Dictionary<string, string>(StringComparer.Ordinal));
        for (var tier = 1; tier <= tiers.Values.DefaultIfEmpty(0).Max(); tier++)
        {
            var groups = Joined(neighbours, tiers, tier);
            foreach (var node in present)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{groups[node]}@{tier}");
                if (tier == 1) leaves.Add(node, name);
                else switches.Add(new(above[node], name));
                above[node] = name;
            }
        }

        return new(TopologySource.Fabric, [.. present.Select(node => new NodeFacts(node, null, leaves.GetValueOrDefault(node)))]) { Switches = [.. switches.Distinct()] };

        void Add(string from, string to)
        {
            if (!neighbours.TryGetValue(from, out var list)) neighbours.Add(from, list = new(StringComparer.Ordinal));
            list.Add(to);
        }
    }

    /// <summary>Cables to the nearest node: 0 for the nodes themselves. Who reaches none is left out, and ways do not lead through nodes.</summary>
    private static Dictionary<string, int> Tiers(SortedDictionary<string, SortedSet<string>> neighbours, IReadOnlySet<string> nodes)
    {
        var tiers = neighbours.Keys.Where(nodes.Contains).ToDictionary(node => node, _ => 0, StringComparer.Ordinal);
        var next = new Queue<string>(tiers.Keys.Order(StringComparer.Ordinal));
        while (next.TryDequeue(out var at))
        {
            foreach (var other in neighbours[at])
            {
                if (tiers.TryAdd(other, tiers[at] + 1)) next.Enqueue(other);
            }
        }

        return tiers;
    }

    /// <summary>What hangs together up to this tier, each by the name of its first switch.</summary>
    private static Dictionary<string, string> Joined(SortedDictionary<string, SortedSet<string>> neighbours, Dictionary<string, int> tiers, int most)
    {
        var groups = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var first in neighbours.Keys.Where(name => tiers.GetValueOrDefault(name, int.MaxValue) is > 0 and var tier && tier <= most))
        {
            if (!groups.TryAdd(first, first)) continue;
            var next = new Stack<string>([first]);
            while (next.TryPop(out var at))
            {
                foreach (var other in neighbours[at])
                {
                    if (tiers.TryGetValue(other, out var tier) && tier <= most && groups.TryAdd(other, first)) next.Push(other);
                }
            }
        }

        return groups;
    }
}
