using Forewarn.Controller.Topology;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Schedulers;

public class SlurmTopologyTests
{
    // As topology/block of 24.11 prints it; 23.11 prints no sizes and no aggregated blocks.
    private const string Blocks = """
        BlockName=b1 BlockIndex=0 Nodes=n[1-4] BlockSize=4
        BlockName=b2 BlockIndex=1 Nodes=n[5-8] BlockSize=4
        AggregatedBlock=b[1-2] BlockIndex=2 Nodes=n[1-8] BlockSize=8
        """;

    [Theory]
    [InlineData("topology.conf")]
    [InlineData("topology.shown.txt")]
    public void A_real_tree_is_read_from_the_file_and_from_what_Slurm_shows(string name)
    {
        var reading = SlurmTopology.Read(name, Recorded(name));
        var merged = TopologyMerge.Of(reading.Facts);
        var graph = merged.Graph;

        Assert.Empty(reading.Complaints);
        Assert.Empty(merged.Conflicts);
        Assert.Equal(80, graph.Nodes.Length);
        string[] others = ["n5", "n6", "m01"];
        Assert.Equal([TopologyLevel.Leaf, TopologyLevel.Spine, TopologyLevel.Core], others.Select(node => graph.Distance(graph.Find("n1"), graph.Find(node))));
        Assert.Equal(TopologyLevel.Spine, graph.Distance(graph.Find("m01"), graph.Find("m72")));
        Assert.Equal("leaf4", graph.Groups[graph.GroupOf(graph.Find("m40"), TopologyLevel.Leaf)].Name);
    }

    [Fact]
    public void A_text_that_was_cut_anywhere_brings_nobody_together_who_is_not()
    {
        var text = Recorded("topology.shown.txt");
        var whole = TopologyMerge.Of(SlurmTopology.Read("shown", text).Facts).Graph;
        for (var end = 0; end < text.Length - 1; end += 3)
        {
            var reading = SlurmTopology.Read("shown", text[..end]);
            var cut = TopologyMerge.Of(reading.Facts).Graph;
            for (var a = 0; a < cut.Nodes.Length; a++)
            {
                for (var b = 0; b < a; b++)
                {
                    if (cut.Distance(a, b) <= cut.Top) Assert.Equal(whole.Distance(whole.Find(cut.Nodes[a]), whole.Find(cut.Nodes[b])), cut.Distance(a, b));
                }
            }
        }
    }

    [Fact]
    public void Blocks_are_domains_and_those_that_Slurm_adds_up_are_nothing()
    {
        var reading = SlurmTopology.Read("scontrol show topology", Blocks);
        var facts = Assert.Single(reading.Facts);
        var graph = TopologyMerge.Of(reading.Facts).Graph;

        Assert.Empty(reading.Complaints);
        Assert.Equal(TopologySource.SchedulerBlocks, facts.Source);
        string[] others = ["n1", "n4", "n5"];
        Assert.Equal([0, 1, graph.Apart], others.Select(node => graph.Distance(graph.Find("n1"), graph.Find(node))));
    }

    [Fact]
    public void A_file_may_have_a_tree_and_blocks()
    {
        var reading = SlurmTopology.Read("topology.conf", "blockname=b1 NODES=n[1-4]\nBlockSizes=4,8\nSWITCHNAME = \"leaf1\" nodes = n[1-4] linkspeed=400\r\n");

        Assert.Empty(reading.Complaints);
        Assert.Equal([TopologySource.SchedulerTree, TopologySource.SchedulerBlocks], reading.Facts.Select(facts => facts.Source));
        Assert.All(reading.Facts, facts => Assert.Equal(["n1", "n2", "n3", "n4"], facts.Nodes.Select(node => node.Node)));
    }

    [Theory]
    [InlineData("", ": tells of no switch and of no block")]
    [InlineData("SwitchName=l1 Nodes=n[1-", ":1: \"n[1-\" is no list of names")]
    [InlineData("SwitchName=l1 Nod", ":1: \"Nod\" is not Key=Value|:1: switch l1 has neither Nodes nor Switches")]
    [InlineData("SwitchName=l1 Nodes=n1 Colour=red", ":1: Colour is no key of a switch")]
    [InlineData("SwitchName=l1 Node=n1", ":1: Node is no key of a switch (did you mean Nodes?)|:1: switch l1 has neither Nodes nor Switches")]
    [InlineData("SwitchName=l1 Nodes=n1\n\nSwitchName=l1 Nodes=n2", ":3: switch l1 stands on line 1 already; that is taken, this is not")]
    [InlineData("SwitchName=l1 Nodes=n1\nSwitchName=s1 Switches=l[1-2]", ":2: switch l2, beneath s1, is described nowhere")]
    [InlineData("SwitchName=l1 Nodes=n1\nSwitchName=s1 Switches=l1 Nodes=n2", ":2: switch s1 has both Switches and Nodes, which Slurm refuses; its nodes are left out")]
    [InlineData("SwitchName=l1 Nodes=n1 Nodes=n2", ":1: Nodes stands twice on the line; n1 is taken, n2 is not")]
    [InlineData("SwitchName= Nodes=n1", ":1: switch Nodes=n1 has neither Nodes nor Switches")]
    [InlineData("SwitchName=\"\" Nodes=n1", ":1: a switch without a name is left out")]
    [InlineData("SwitchName=s1 Level=1 LinkSpeed=1 Nodes=n[1-8]", ":1: switch s1 has Level=1 and no Switches: is the line cut?")]
    [InlineData("SwitchName=l1 Nodes=\"n1", ":1: a quotation mark is not closed")]
    [InlineData("SwitchName=l1 Nodes=n1 = ", ":1: \"=\" is not Key=Value")]
    [InlineData("SwitchName=l1 Nodes=n1 \\", ":1: the text ends after a backslash that continues the line")]
    [InlineData("# c\nInclude /etc/slurm/more.conf\nSwitchName=l1 Nodes=n1", ":2: Include is not followed: what that file says is missing here; scontrol show topology tells all")]
    [InlineData("SwitchName=l1 Nodes=n1\nRingName=r1 Nodes=n[1-8]", ":2: RingName begins neither a switch nor a block: the line is left out")]
    [InlineData("BlockName=b1\nBlockName=b2 Nodes=n1\nBlockName=b2 Nodes=n2", ":1: block b1 has no Nodes|:3: block b2 stands on line 2 already; that is taken, this is not")]
    [InlineData("BlockName=b1 Nodes=n[1-3]\nBlockSizes=4,x,0", ":1: block b1 has 3 nodes, fewer than the 4 of BlockSizes on line 2|:2: BlockSizes=4,x,0: \"x\" is no number of nodes|:2: BlockSizes=4,x,0: \"0\" is no number of nodes")]
    public void Each_wrong_line_is_named(string text, string complaints)
        => Assert.Equal(complaints.Split('|').Select(one => "t" + one), SlurmTopology.Read("t", text).Complaints.Select(complaint => complaint.ToString()));

    [Fact]
    public void What_is_right_beside_a_wrong_line_is_taken()
    {
        var facts = Assert.Single(SlurmTopology.Read("t", "SwitchName=l1 Nodes=n[1-\nnonsense\nSwitchName=l2 Nodes=n3,n4\nSwitchName=s Switches=l[1-2]").Facts);
        Assert.Equal(["n3 l2", "n4 l2"], facts.Nodes.Select(node => $"{node.Node} {node.Switch}"));
        Assert.Equal(["l1 s", "l2 s"], facts.Switches.Select(one => $"{one.Name} {one.Parent}"));
    }

    [Fact]
    public void A_comment_ends_its_line_whatever_it_ends_with()
    {
        var facts = Assert.Single(SlurmTopology.Read("t", "SwitchName=l1 Nodes=n1 # here \\\nSwitchName=l2 \\\n  Nodes=n2\\  \n LinkSpeed=7\n").Facts);
        Assert.Equal(["n1 l1", "n2 l2"], facts.Nodes.Select(node => $"{node.Node} {node.Switch}"));
    }

    [Fact]
    public void A_few_letters_do_not_fill_the_memory()
    {
        var text = string.Concat(Enumerable.Range(0, 300).Select(number => $"SwitchName=l{number} Nodes=n[1-99999]\n"));
        var reading = SlurmTopology.Read("t", text);
        Assert.True(reading.Facts.Sum(facts => facts.Nodes.Length) <= 500_000);
        Assert.Equal(101, reading.Complaints.Length);
        Assert.Contains(reading.Complaints, complaint => complaint.ToString() == "t: 195 more");
    }

    private static string Recorded(string name) => File.ReadAllText(Path.Join(Repository.Root, "tests/Daemon.Tests/Schedulers/recorded", name));
}
