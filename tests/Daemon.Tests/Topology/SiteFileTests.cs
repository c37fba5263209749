using Forewarn.Controller.Topology;
using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Tests.Topology;

public class SiteFileTests
{
    private const string Text = """
        # two racks of four nodes
        n[1-8]      spine=spine1 core=core1
        n[1-4]      leaf=leaf1 rack=r17 power=feed-a   # one row
        n[5-8]      Leaf=leaf2 rack=r18

        n[1-2],n5   domain=chassis3
        """;

    [Fact]
    public void What_the_site_writes_is_read()
    {
        var reading = SiteFile.Read("topology", Text);
        var graph = TopologyMerge.Of(reading.Facts).Graph;

        Assert.Empty(reading.Complaints);
        string[] others = ["n1", "n2", "n3", "n6"];
        Assert.Equal([0, 1, 3, 3], others.Select(node => graph.Distance(graph.Find("n1"), graph.Find(node)))); // the domain lies beneath two leaves
        Assert.Equal(TopologyLevel.Leaf, graph.Distance(graph.Find("n3"), graph.Find("n4")));
        Assert.Equal("core1", graph.Groups[graph.GroupOf(graph.Find("n8"), TopologyLevel.Core)].Name);
        Assert.Equal(["power", "rack"], graph.FailureDomainKinds.AsEnumerable());
        Assert.Equal("rack r18", graph.FailureDomainNames[graph.FailureDomainOf(graph.Find("n7"), 1)]);
        Assert.Equal(-1, graph.FailureDomainOf(graph.Find("n7"), 0));
    }

    [Fact]
    public void A_file_of_comments_says_nothing_and_is_not_wrong()
    {
        var reading = SiteFile.Read("topology", "# n1 leaf=x\n\n   # y");
        Assert.Empty(reading.Facts);
        Assert.Empty(reading.Complaints);
    }

    [Theory]
    [InlineData("n1", ":1: nothing is said of n1")]
    [InlineData("leaf=l1 n1", ":1: \"leaf=l1\" stands where the nodes belong: write nodes, then key=value")]
    [InlineData("n1 leaf", ":1: \"leaf\" is not key=value")]
    [InlineData("n1 leaf=", ":1: \"leaf=\" is not key=value")]
    [InlineData("n1 =l1", ":1: \"=l1\" is not key=value")]
    [InlineData("n1 rak=r1", ":1: rak is no key (did you mean rack?): domain, leaf, spine, core, cooling, power, rack, room, row")]
    [InlineData("n[1-4 rack=r1", ":1: \"n[1-4\" is no list of names")]
    [InlineData("n1 rack=r1\nn[1-3] rack=r1\nn[1-3] rack=r2", ":3: rack=r2: n1 has rack=r1 since line 1, which is taken; so with 2 more nodes of the line")]
    [InlineData("n1 leaf=a leaf=b", ":1: leaf=b: n1 has leaf=a since line 1, which is taken")]
    [InlineData("n[1-2] spine=s", ":1: n1 has a spine and no leaf: where it hangs is not known")]
    [InlineData("n1 leaf=l\nn1 core=c", ":2: n1 has a core and no spine: where it hangs is not known")]
    [InlineData("n1 leaf=l spine=s\nn[2-9] leaf=l spine=t", ":2: l stands beneath s since line 1, which is taken, and here beneath t")]
    public void Each_wrong_line_is_named(string text, string complaint) => Assert.Equal("t" + complaint, Assert.Single(SiteFile.Read("t", text).Complaints).ToString());

    [Fact]
    public void What_is_wrong_is_shown_short_and_without_what_a_terminal_would_obey()
    {
        var complaint = Assert.Single(SiteFile.Read("t", $"n1 \u001b[31m{new string('x', 10_000)}").Complaints).ToString();
        Assert.StartsWith("t:1: \"?[31mxxx", complaint, StringComparison.Ordinal);
        Assert.True(complaint.Length < 260);
    }
}
