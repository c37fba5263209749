using System.Collections.Immutable;
using System.Text.Json;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Tests.Reports;

public class ReportedDomainsTests
{
    private const string Rack = "5b2e3c1a-0d4f-4c6b-9a77-1f2e3d4c5b6a";
    private const string None = "00000000-0000-0000-0000-000000000000";

    [Fact]
    public void Who_shares_cluster_and_clique_is_one_domain()
    {
        var graph = Merge(Node("n1", (Rack, 1), (Rack, 1)), Node("n2", (Rack.ToUpperInvariant(), 1)), Node("n3", (Rack, 2)), Node("n4", ("9" + Rack[1..], 1))).Graph;

        Assert.Equal([0, 1, graph.Apart, graph.Apart], Enumerable.Range(0, 4).Select(node => graph.Distance(0, node)));
        Assert.Equal($"{Rack}/1", graph.Groups[graph.GroupOf(0, TopologyLevel.Domain)].Name);
    }

    [Fact]
    public void No_cluster_is_no_domain()
        => Assert.Empty(ReportedDomains.Of([Node("n1", (None, 0)), Node("n2", (None, 0)), Node("n3", ("", 0)), Node("n4", (null!, 0)), ("n5", default)]).Nodes);

    [Fact]
    public void A_node_whose_devices_do_not_agree_is_taken_by_most_of_them_and_told()
    {
        var merged = Merge(Node("n1", (Rack, 1), (Rack, 2), (Rack, 2), (None, 0)), Node("n2", (Rack, 2)));

        Assert.Equal($"n1 stands in {Rack}/2 and in {Rack}/1; the first is taken", Assert.Single(merged.Conflicts).Words);
        Assert.Equal(TopologyLevel.Domain, merged.Graph.Distance(0, 1));
    }

    [Fact]
    public void What_the_devices_say_is_believed_before_the_schedulers_blocks()
    {
        var merged = TopologyMerge.Of(
            [
                ReportedDomains.Of([Node("n1", (Rack, 1)), Node("n2", (Rack, 1)), Node("n3", (Rack, 2))]),
                new(TopologySource.SchedulerBlocks, [new("n1", "b1"), new("n2", "b2"), new("n3", "b2")]),
            ]);

        Assert.Equal($"scale-up domain of n2: {Rack}/1 (Devices) against b2 (SchedulerBlocks)", Assert.Single(merged.Conflicts).Words);
        Assert.Equal(TopologyLevel.Domain, merged.Graph.Distance(0, 1));
    }

    [Fact]
    public void A_report_of_an_agent_that_does_not_know_the_fields_is_read()
    {
        var device = JsonSerializer.Deserialize("""{"protocol":1,"node":"n1","store":"s","sequence":1,"at":"2026-11-22T00:00:00Z","started":"2026-11-22T00:00:00Z","devices":[{"id":"GPU-1"}]}""",
            FleetJson.Default.AgentReport)!.Devices;
        Assert.Empty(ReportedDomains.Of([("n1", device)]).Nodes);

        var text = JsonSerializer.Serialize(new AgentReport { Protocol = 1, Node = "n1", Store = "s", Sequence = 1, At = default, Started = default, Devices = Node("n1", (Rack, 7)).Devices },
            FleetJson.Default.AgentReport);
        Assert.Contains($"\"clusterUuid\":\"{Rack}\",\"cliqueId\":7", text, StringComparison.Ordinal);
    }

    private static MergedTopology Merge(params (string Node, ImmutableArray<ReportedDevice> Devices)[] nodes) => TopologyMerge.Of([ReportedDomains.Of(nodes)]);

    private static (string Node, ImmutableArray<ReportedDevice> Devices) Node(string name, params (string Cluster, long Clique)[] devices)
        => (name, [.. devices.Select((one, number) => new ReportedDevice { Id = $"GPU-{name}-{number}", ClusterUuid = one.Cluster, CliqueId = one.Clique })]);
}
