using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Tests.Topology;

public class FabricTiersTests
{
    private static readonly HashSet<string> Nodes = [.. Enumerable.Range(1, 8).Select(node => "n" + node)];

    [Fact]
    public void Rails_of_the_same_nodes_are_one_leaf()
    {
        var graph = GraphOf(TwoRails());

        Assert.Equal(TopologyLevel.Leaf, graph.Distance(0, 1));
        Assert.Equal(TopologyLevel.Spine, graph.Distance(0, 2));
        Assert.Equal(TopologyLevel.Core, graph.Distance(0, 4));
        Assert.Equal(8, graph.Nodes.Length);
    }

    [Fact]
    public void A_missing_cable_changes_nothing_while_another_goes_the_same_way()
    {
        var all = TwoRails();
        var whole = GraphOf(all);
        foreach (var missing in all)
        {
            var graph = GraphOf([.. all.Where(link => link != missing)]);
            for (var a = 0; a < 8; a++)
            {
                for (var b = 0; b < 8; b++) Assert.Equal(whole.Distance(a, b), graph.Distance(a, b));
            }
        }
    }

    [Fact]
    public void A_storage_server_on_a_spine_is_no_node()
        => Assert.Equal(TopologyLevel.Spine, GraphOf([.. TwoRails(), new("store", "spine0a"), new("n1", "n2")]).Distance(0, 2));

    [Fact]
    public void A_node_without_a_cable_is_not_told() => Assert.Equal(2, FabricTiers.Of([new("n1", "x"), new("x", "n2")], Nodes).Nodes.Length);

    private static TopologyGraph GraphOf(FabricLink[] links)
    {
        var merged = TopologyMerge.Of([FabricTiers.Of(links, Nodes)]);
        Assert.Empty(merged.Conflicts);
        return merged.Graph;
    }

    /// <summary>Two nodes a leaf, each on two rails; two leaves a pair of spines; two pairs beneath two cores.</summary>
    private static FabricLink[] TwoRails()
    {
        var links = new List<FabricLink>();
        for (var node = 0; node < 8; node++) links.AddRange([new($"n{node + 1}", $"leaf{node / 2}a"), new($"leaf{node / 2}b", $"n{node + 1}")]);
        for (var leaf = 0; leaf < 4; leaf++)
        {
            foreach (var rail in "ab") links.AddRange([new($"leaf{leaf}{rail}", $"spine{leaf / 2}a"), new($"leaf{leaf}{rail}", $"spine{leaf / 2}b")]);
        }

        for (var pair = 0; pair < 2; pair++)
        {
            foreach (var rail in "ab") links.AddRange([new($"spine{pair}{rail}", "core0"), new($"spine{pair}{rail}", "core1")]);
        }

        return [.. links];
    }
}
