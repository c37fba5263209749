using System.Collections.Immutable;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Guards;

public class PartitionShareTests
{
    [Fact]
    public void A_node_of_two_partitions_counts_in_each_whoever_took_it_out()
    {
        var cluster = Cluster(("n1", NodePhase.InService, "a"), ("n2", NodePhase.Drained, "a b"), ("n3", NodePhase.Down, "b"), ("n4", NodePhase.InService, "b"));
        var settings = new GuardSettings { MaxDrainedShare = 0.5, AlwaysDrainable = 1 };
        Assert.Equal([new("a", 2, 1, 1), new("b", 3, 2, 1)], PartitionShare.Each(cluster, settings));
        Assert.All(PartitionShare.Each(cluster, settings), share => Assert.True(share.IsFull));
        Assert.All(PartitionShare.Each(cluster, settings), share => Assert.Equal(share, PartitionShare.Of(cluster, share.Partition, settings)));
    }

    [Fact]
    public void A_share_of_few_is_none_and_what_may_always_go_counts()
    {
        var cluster = Cluster(("n1", NodePhase.InService, "a"), ("n2", NodePhase.InService, "a"));
        Assert.Equal((1, false, 0.0), (PartitionShare.Of(cluster, "a", new()).Most, PartitionShare.Of(cluster, "a", new()).IsFull, PartitionShare.Of(cluster, "a", new()).Share));
        Assert.Equal((0, 0.0), (PartitionShare.Of(cluster, "other", new()).Nodes, PartitionShare.Of(cluster, "other", new()).Share));
    }

    private static ClusterSight Cluster(params (string Name, NodePhase Phase, string Partitions)[] nodes) => new()
    {
        At = default,
        Jobs = ImmutableDictionary<string, Controller.Jobs.ClusterJob>.Empty,
        Nodes = nodes.ToImmutableDictionary(node => node.Name, node => new ClusterNode { Name = node.Name, Phase = node.Phase, Partitions = [.. node.Partitions.Split(' ')] }),
    };
}
