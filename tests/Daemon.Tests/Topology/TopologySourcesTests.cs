using Forewarn.Controller.Topology;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Topology;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Topology;

public class TopologySourcesTests
{
    private static readonly HashSet<string> Nodes = [.. Enumerable.Range(1, 8).Select(node => "n" + node)];

    private static readonly (string Text, Func<string, TopologyReading> Read)[] Readers =
    [
        (Recorded("Schedulers/recorded/topology.conf"), text => SlurmTopology.Read("t", text)),
        (Recorded("Schedulers/recorded/topology.shown.txt"), text => SlurmTopology.Read("t", text)),
        ("BlockName=b1 BlockIndex=0 Nodes=n[1-4] BlockSize=4\nAggregatedBlock=b[1-2] BlockIndex=2 Nodes=n[1-8] BlockSize=8\nBlockSizes=4,8\n", text => SlurmTopology.Read("t", text)),
        ("# site\nn[1-4] leaf=l1 spine=s1 core=c rack=r1\nn[5-8] leaf=l2 spine=s1 power=p domain=d\n", text => SiteFile.Read("t", text)),
        (Recorded("Topology/recorded/fabric.txt"), text => FabricReader.Read("t", text, Nodes)),
        (Recorded("Topology/recorded/fabric.grouped.txt"), text => FabricReader.Read("t", text, Nodes)),
    ];

    [Fact]
    public void Sources_that_disagree_are_shown_with_who_was_believed()
    {
        // The site says that n5 was moved; the network, walked before that, and Slurm's file, where n6 is wrong too, do not know it.
        var fabric = FabricReader.Read("fabric", Recorded("Topology/recorded/fabric.txt"), Nodes);
        var slurm = SlurmTopology.Read("topology.conf", "SwitchName=a Nodes=n[1-4],n6\nSwitchName=b Nodes=n5,n[7-8]\nSwitchName=s Switches=a,b\n");
        var site = SiteFile.Read("topology", "n[1-3],n5 leaf=rack1\nn[6-8] leaf=rack2\n");
        var merged = TopologyMerge.Of([.. slurm.Facts, .. fabric.Facts, .. site.Facts]);

        Assert.Equal(
            [
                "leaf of n5: rack1 (File) against leaf2a@1 (Fabric)",
                "leaf of n6: rack2 (File) against a (SchedulerTree)",
                "leaf of n5: rack1 (File) against b (SchedulerTree)",
            ],
            merged.Conflicts.Where(conflict => conflict.About == "leaf").Select(conflict => conflict.Words));
        var graph = merged.Graph;
        Assert.Equal(TopologyLevel.Leaf, graph.Distance(graph.Find("n1"), graph.Find("n5")));
        Assert.Equal(TopologyLevel.Leaf, graph.Distance(graph.Find("n1"), graph.Find("n4"))); // of whom the site says nothing: it joins its neighbours
    }

    [Fact]
    public void A_node_beneath_two_of_Slurms_leaves_contradicts_itself()
    {
        var merged = TopologyMerge.Of(SlurmTopology.Read("t", "SwitchName=a Nodes=n[1-5]\nSwitchName=b Nodes=n[5-8]\nSwitchName=s Switches=a,b\nSwitchName=r Switches=b\n").Facts);
        Assert.Equal(["switch b stands beneath s and beneath r; the first is taken", "n5 stands in a and in b; the first is taken"], merged.Conflicts.Select(conflict => conflict.Words));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void No_text_makes_a_reader_or_the_merge_throw(int which)
    {
        var (text, read) = Readers[which];
        for (var seed = 0; seed < 400; seed++)
        {
            var garbled = Garbled.Text(text, seed);
            var reading = read(garbled);
            var lines = garbled.Count(letter => letter == '\n') + 1;
            Assert.All(reading.Complaints, complaint => Assert.InRange(complaint.Line, 0, lines));
            Assert.All(reading.Facts.SelectMany(facts => facts.Nodes), node => Assert.NotEqual("", node.Node));
            Assert.Equal(reading.Facts.SelectMany(facts => facts.Nodes).Select(node => node.Node).Distinct().Count(), TopologyMerge.Of(reading.Facts).Graph.Nodes.Length);
        }
    }

    private static string Recorded(string path) => File.ReadAllText(Path.Join(Repository.Root, "tests/Daemon.Tests", path));
}
