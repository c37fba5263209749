using System.Collections.Immutable;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Tests.Topology;

public class TopologyMergeTests
{
    private static readonly SwitchFacts[] TwoLeaves = [new("a", "s"), new("b", "s"), new("s", null)];

    [Fact]
    public void Nodes_are_as_far_apart_as_what_they_share_is_high()
    {
        var graph = new FatTree(nodes: 64, domain: 4, domainsPerLeaf: 2, leavesPerSpine: 4).Graph;

        int[] others = [0, 3, 4, 8, 32];
        Assert.Equal([0, 1, 2, 3, 4], others.Select(node => graph.Distance(0, node)));
        Assert.Equal(TopologyLevel.Core, graph.Top);
        Assert.Equal("leaf0", graph.Groups[graph.GroupOf(7, TopologyLevel.Leaf)].Name);
        Assert.Equal([0, 1, 2, 3], graph.Members(graph.GroupOf(2, TopologyLevel.Domain)).ToArray());
    }

    [Fact]
    public void A_tree_may_be_higher_than_a_core()
    {
        var graph = Merge(Tree([("n1", "l1"), ("n2", "l2")], [new("l1", "s1"), new("s1", "c1"), new("c1", "t"), new("l2", "s2"), new("s2", "c2"), new("c2", "t")])).Graph;

        Assert.Equal(5, graph.Distance(0, 1));
        Assert.Equal("tier 5", TopologyLevel.NameOf(graph.Top));
    }

    [Fact]
    public void A_leaf_beside_higher_switches_is_as_far_as_their_common_top()
    {
        var graph = Merge(Tree([("n1", "l1"), ("n2", "l2"), ("n3", "l3")], [new("l1", "s"), new("l2", "s"), new("s", "t"), new("l3", "t")])).Graph;

        Assert.Equal(TopologyLevel.Spine, graph.Distance(0, 1));
        Assert.Equal(TopologyLevel.Core, graph.Distance(0, 2));
    }

    [Fact]
    public void Nodes_of_which_nothing_in_common_is_known_are_apart()
    {
        var graph = Merge(Tree([("n1", "a"), ("n2", "b")], [])).Graph;

        Assert.Equal(graph.Apart, graph.Distance(0, 1));
        Assert.True(graph.Apart > graph.Top);
    }

    [Fact]
    public void Blocks_alone_are_domains()
    {
        var graph = Merge(new TopologyFacts(TopologySource.SchedulerBlocks, [new("n1", "b1"), new("n2", "b1"), new("n3", "b2")])).Graph;

        Assert.Equal(TopologyLevel.Domain, graph.Distance(0, 1));
        Assert.Equal(graph.Apart, graph.Distance(0, 2));
    }

    [Fact]
    public void The_same_groups_by_other_names_are_no_conflict()
    {
        var merged = Merge(
            Tree([("n1", "a"), ("n2", "a"), ("n3", "b"), ("n4", "b")], TwoLeaves),
            new TopologyFacts(TopologySource.Fabric, [new("n1", null, "x1"), new("n2", null, "x1"), new("n3", null, "x2"), new("n4", null, "x2")])
            {
                Switches = [new("x1", "y"), new("x2", "y")],
            });

        Assert.Empty(merged.Conflicts);
        Assert.Equal("x1", merged.Graph.Groups[merged.Graph.GroupOf(0, TopologyLevel.Leaf)].Name);
    }

    [Fact]
    public void The_more_trusted_source_is_believed_and_the_conflict_told()
    {
        TopologyFacts[] sources =
        [
            Tree([("n1", "a"), ("n2", "a"), ("n3", "a"), ("n4", "b"), ("n5", "b")], TwoLeaves),
            new(TopologySource.File, [new("n1", null, "x"), new("n2", null, "x"), new("n3", null, "y"), new("n4", null, "y"), new("n5", null, "y")]),
        ];
        var merged = Merge(sources);

        var conflict = Assert.Single(merged.Conflicts);
        Assert.Equal(("leaf", TopologySource.File, TopologySource.SchedulerTree), (conflict.About, conflict.Believed, conflict.Doubted));
        Assert.Equal(["n3"], conflict.Nodes.ToArray());
        Assert.Equal("leaf of n3: y (File) against a (SchedulerTree)", conflict.Words);
        Assert.Equal(TopologyLevel.Leaf, merged.Graph.Distance(2, 3));
        Assert.Equal(merged.Conflicts, Merge([sources[1], sources[0]]).Conflicts, SameWords);
    }

    [Fact]
    public void What_differs_above_the_leaves_is_told_too()
    {
        var merged = Merge(
            Tree([("n1", "a"), ("n2", "b"), ("n3", "c")], [new("a", "s"), new("b", "s"), new("c", "t"), new("s", "r"), new("t", "r")]),
            new TopologyFacts(TopologySource.Fabric, [new("n1", null, "a"), new("n2", null, "b"), new("n3", null, "c")])
            {
                Switches = [new("a", "s"), new("b", "t"), new("c", "t"), new("s", "r"), new("t", "r")],
            });

        Assert.Equal("spine of n2: t (Fabric) against s (SchedulerTree)", Assert.Single(merged.Conflicts).Words);
    }

    [Fact]
    public void A_node_that_only_the_lesser_source_knows_joins_its_neighbours()
    {
        var merged = Merge(
            Tree([("n1", "a"), ("n2", "a"), ("n3", "a"), ("n4", "b")], TwoLeaves),
            new TopologyFacts(TopologySource.Fabric, [new("n1", null, "x"), new("n2", null, "x")]));

        Assert.Empty(merged.Conflicts);
        Assert.Equal(TopologyLevel.Leaf, merged.Graph.Distance(0, 2));
        Assert.Equal(merged.Graph.Apart, merged.Graph.Distance(0, 3));
    }

    [Fact]
    public void A_domain_beneath_several_leaves_hangs_where_they_meet()
    {
        var merged = Merge(
            Tree([("n1", "a"), ("n2", "a"), ("n3", "b"), ("n4", "b")], TwoLeaves),
            new TopologyFacts(TopologySource.Devices, [new("n2", "d"), new("n3", "d")]));

        Assert.Equal(TopologyLevel.Domain, merged.Graph.Distance(1, 2));
        Assert.Equal(TopologyLevel.Spine, merged.Graph.Distance(0, 1));
        Assert.Contains("beneath several leaves", Assert.Single(merged.Conflicts).Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_node_that_no_tree_knows_stands_where_its_domain_does()
    {
        var graph = Merge(Tree([("n1", "a"), ("n3", "b")], TwoLeaves), new TopologyFacts(TopologySource.Devices, [new("n1", "d"), new("n2", "d")])).Graph;

        Assert.Equal(TopologyLevel.Spine, graph.Distance(1, 2));
    }

    [Fact]
    public void A_source_that_contradicts_itself_is_told_and_goes_on()
    {
        var merged = Merge(Tree([("n1", "a"), ("n1", "b"), ("n2", "b")], [new("a", "s"), new("s", "a"), new("b", "s"), new("b", "t")]));

        Assert.Equal(
            [
                "switch b stands beneath s and beneath t; the first is taken",
                "switch s stands above and beneath a; it is taken as a top",
                "n1 stands in a and in b; the first is taken",
            ],
            merged.Conflicts.Select(conflict => conflict.Words));
        Assert.Equal(TopologyLevel.Spine, merged.Graph.Distance(0, 1));
    }

    [Fact]
    public void Failure_domains_are_merged_one_by_one()
    {
        static NodeFacts In(string kind, string value) => new("n1") { FailureDomains = ImmutableSortedDictionary<string, string>.Empty.Add(kind, value) };
        var merged = Merge(
            new(TopologySource.SchedulerTree, [In("rack", "r1")]), new(TopologySource.File, [In("rack", "r2")]), new(TopologySource.Devices, [In("pdu", "p")]));

        Assert.Equal("rack of n1: r2 (File) against r1 (SchedulerTree)", Assert.Single(merged.Conflicts).Words);
        Assert.Equal(["pdu p", "rack r2"], merged.Graph.FailureDomainKinds.Select((_, kind) => merged.Graph.FailureDomainNames[merged.Graph.FailureDomainOf(0, kind)]));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Whatever_sources_say_distances_are_an_ultrametric(int seed)
    {
        var random = new Random(seed);
        string Any(string prefix, int of) => prefix + random.Next(of);
        var sources = Enum.GetValues<TopologySource>().Where(_ => random.Next(3) > 0).Select(source => new TopologyFacts(
            source,
            [.. Enumerable.Range(0, 30).Where(_ => random.Next(4) > 0).Select(node => new NodeFacts(
                FatTree.Name(node), random.Next(3) == 0 ? null : Any("d", 9), random.Next(5) == 0 ? null : random.Next(8) == 0 ? Any("s", 3) : Any("l", 6)))])
        {
            Switches = [.. Enumerable.Range(0, 6).Select(leaf => new SwitchFacts("l" + leaf, random.Next(6) == 0 ? null : Any("s", 3))), new("s0", "t"), new("s1", "t")],
        }).ToList();
        var graph = Merge([.. sources]).Graph;

        for (var a = 0; a < graph.Nodes.Length; a++)
        {
            for (var b = 0; b < graph.Nodes.Length; b++)
            {
                Assert.Equal(graph.Distance(a, b), graph.Distance(b, a));
                for (var c = 0; c < graph.Nodes.Length; c++) Assert.True(graph.Distance(a, c) <= Math.Max(graph.Distance(a, b), graph.Distance(b, c)));
            }
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    private static MergedTopology Merge(params TopologyFacts[] sources) => TopologyMerge.Of(sources);

    private static bool SameWords(TopologyConflict one, TopologyConflict other) => string.Equals(one.Words, other.Words, StringComparison.Ordinal);

    private static TopologyFacts Tree((string Node, string Leaf)[] nodes, SwitchFacts[] switches)
        => new(TopologySource.SchedulerTree, [.. nodes.Select(node => new NodeFacts(node.Node, null, node.Leaf))]) { Switches = [.. switches] };
}
