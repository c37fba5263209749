using Forewarn.Controller.Topology;
using Forewarn.Daemon.Topology;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Topology;

public class FabricReaderTests
{
    private static readonly HashSet<string> Nodes = [.. Enumerable.Range(1, 8).Select(node => "n" + node)];

    // After the manual of ibnetdiscover and the descriptions of real switches: what the simulated network cannot have.
    private const string Mixed = """
        switchguid=0x1(1)
        Switch  65 "S-0000000000000001"         # "MF0;sw-leaf-01:MQM9700/U1" enhanced port 0 lid 1 lmc 0
        [1]     "H-0000000000000011"[1](12)             # "n1.cluster.example mlx5_0" lid 7 4xNDR
        [2]     "H-0000000000000021"[1](22)             # "MT4129 ConnectX7   Mellanox Technologies" lid 8 2xNDR
        [3]     "H-0000000000000031"[1](32)             # "Mellanox Technologies Aggregation Node" lid 9 4xNDR
        [4]     "R-0000000000000041"[1](42)             # "router 4xSDR" lid 10

        Ca      1 "H-0000000000000011"          # "n1.cluster.example mlx5_0"
        [1](12)         "S-0000000000000001"[1]         # lid 7 lmc 0 "MF0;sw-leaf-01:MQM9700/U1" lid 1 4xNDR

        Ca      1 "H-0000000000000021"          # "MT4129 ConnectX7   Mellanox Technologies"
        [1](22)         "S-0000000000000001"[2]         # lid 8 lmc 0 "MF0;sw-leaf-01:MQM9700/U1" lid 1 2xNDR

        Ca      1 "H-0000000000000031"          # "Mellanox Technologies Aggregation Node"
        [1](32)         "S-0000000000000001"[3]         # lid 9 lmc 0 "MF0;sw-leaf-01:MQM9700/U1" lid 1 4xNDR

        Rt      2 "R-0000000000000041"          # "router 4xSDR"
        [1](42)         "S-0000000000000001"[4]         # lid 10 lmc 0 "MF0;sw-leaf-01:MQM9700/U1" lid 1
        """;

    [Theory]
    [InlineData("fabric.txt")]
    [InlineData("fabric.grouped.txt")]
    public void A_walked_network_of_two_rails_is_read(string name)
    {
        var reading = FabricReader.Read(name, Recorded(name), Nodes);
        var merged = TopologyMerge.Of(reading.Facts);

        Assert.Empty(reading.Complaints);
        Assert.Empty(merged.Conflicts);
        Assert.Equal(8, merged.Graph.Nodes.Length); // the storage server is no node
        Assert.Equal([0, 2, 2, 2, 3, 3, 3, 3], Enumerable.Range(0, 8).Select(node => merged.Graph.Distance(0, node)));
        Assert.Equal("leaf1a@1", merged.Graph.Groups[merged.Graph.GroupOf(0, TopologyLevel.Leaf)].Name);
    }

    [Fact]
    public void Stations_and_cables_are_listed_with_lanes_and_speed()
    {
        var complaints = new ComplaintList("fabric");
        var walk = FabricListing.Read(Recorded("fabric.txt"), complaints);

        Assert.Empty(complaints.All());
        Assert.Equal((6, 17), (walk.Stations.Count(one => one.Kind == FabricStationKind.Switch), walk.Stations.Count(one => one.Kind == FabricStationKind.Adapter)));
        Assert.Equal(50, walk.Cables.Length); // 25, each told by both ends
        Assert.Equal([("S-0000000000200003", 6, 1), ("S-0000000000200005", 4, 1)], walk.Cables.Where(cable => cable.Lanes != 4).Select(cable => (cable.One, cable.OnePort, cable.Lanes)));
        Assert.All(walk.Cables, cable => Assert.Equal("SDR", cable.Speed));
    }

    [Fact]
    public void Real_descriptions_routers_and_speeds_are_understood()
    {
        var complaints = new ComplaintList("fabric");
        var walk = FabricListing.Read(Mixed, complaints);

        Assert.Empty(complaints.All());
        Assert.Equal(["MF0;sw-leaf-01:MQM9700/U1", "n1.cluster.example mlx5_0"], walk.Stations.Take(2).Select(station => station.Description));
        Assert.Equal([(4, "NDR"), (2, "NDR"), (4, "NDR"), (0, "")], walk.Cables.Take(4).Select(cable => (cable.Lanes, cable.Speed)));
    }

    [Fact]
    public void A_node_without_an_adapter_is_told_with_the_adapters_that_name_nobody()
    {
        var reading = FabricReader.Read("fabric", Mixed, new HashSet<string> { "n1", "n2" });

        Assert.Equal(
            "fabric: 1 of 2 nodes have no adapter here, the first n2; 2 adapters name no node, the first on line 11 \"MT4129 ConnectX7   Mellanox Technologies\"",
            Assert.Single(reading.Complaints).ToString());
        Assert.Equal(["n1"], Assert.Single(reading.Facts).Nodes.Select(node => node.Node));
    }

    [Fact]
    public void A_switch_that_is_called_like_another_or_like_a_node_goes_by_its_id()
    {
        var text = Recorded("fabric.txt").Replace("\"leaf1b\"", "\"n2\"", StringComparison.Ordinal).Replace("\"leaf1a\"", "\"leaf2a\"", StringComparison.Ordinal);
        var graph = TopologyMerge.Of(FabricReader.Read("fabric", text, Nodes).Facts).Graph;

        Assert.Equal([0, 2, 2, 2, 3, 3, 3, 3], Enumerable.Range(0, 8).Select(node => graph.Distance(0, node)));
        Assert.Equal("S-0000000000200000@1", graph.Groups[graph.GroupOf(0, TopologyLevel.Leaf)].Name);
    }

    [Fact]
    public void A_listing_that_was_cut_anywhere_says_so()
    {
        var text = Recorded("fabric.txt");
        var lines = text.Split('\n');
        for (var count = 0; count < lines.Length - 1; count++)
            Assert.NotEmpty(FabricReader.Read("fabric", string.Join('\n', lines.Take(count)), Nodes).Complaints);
    }

    [Theory]
    [InlineData("", "fabric: tells of no station")]
    [InlineData("[1] \"S-1\"[2]", "fabric:1: a cable stands before the first station")]
    [InlineData("ibwarn: [19916] _do_madrpc: recv failed: Connection timed out", "fabric:1: \"ibwarn: [19916] _do_madrpc: recv failed: Connection timed out\" is not understood")]
    [InlineData("Switch 8 \"S-1\" # \"a\"\n[1]\t\"S-2\"[2]", "fabric: 1 cables are told by one end alone, the first on line 2 between S-1 and S-2: is the text cut?")]
    [InlineData("Switch 8 \"S-1\" # \"a\"\nSwitch 8 \"S-1\" # \"a\"", "fabric:2: S-1 stands on line 1 already; what follows is taken as the same station's")]
    [InlineData("Switch 8 \"S-1\" # \"a\"\n[1]\t\"S-2\"[2", "fabric:2: \"[1]\t\"S-2\"[2\" is not understood")]
    public void What_is_wrong_is_named(string text, string complaint)
        => Assert.Contains(complaint.Replace('\t', '?'), FabricReader.Read("fabric", text, Nodes).Complaints.Select(one => one.ToString()));

    private static string Recorded(string name) => File.ReadAllText(Path.Join(Repository.Root, "tests/Daemon.Tests/Topology/recorded", name));
}
