using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Tests;

/// <summary>A fat tree of three levels with scale-up domains; nodes n0000 … stand in the order of their names, and each domain is a rack.</summary>
internal sealed class FatTree
{
    public FatTree(int nodes, int domain, int domainsPerLeaf, int leavesPerSpine)
    {
        var facts = new List<NodeFacts>();
        var switches = new List<SwitchFacts> { new("core", null) };
        for (var node = 0; node < nodes; node++)
        {
            var (rack, leaf) = (node / domain, node / (domain * domainsPerLeaf));
            facts.Add(new(Name(node), domain > 1 ? $"domain{rack}" : null, $"leaf{leaf}")
            {
                FailureDomains = ImmutableSortedDictionary<string, string>.Empty.Add("rack", rack.ToString(CultureInfo.InvariantCulture)),
            });
            switches.Add(new($"leaf{leaf}", $"spine{leaf / leavesPerSpine}"));
            switches.Add(new($"spine{leaf / leavesPerSpine}", "core"));
        }

        var merged = TopologyMerge.Of([new(TopologySource.File, [.. facts]) { Switches = [.. switches.Distinct()] }]);
        Assert.Empty(merged.Conflicts);
        Graph = merged.Graph;
    }

    public TopologyGraph Graph { get; }

    public static string Name(int node) => "n" + node.ToString("0000", CultureInfo.InvariantCulture);
}
