using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Guards;

/// <summary>How much of a partition is out of service, and how much may be.</summary>
/// <param name="Partition">Which.</param>
/// <param name="Nodes">How many nodes it has.</param>
/// <param name="Out">How many of them are out of service, whoever took them out.</param>
/// <param name="Most">How many may be.</param>
public readonly record struct PartitionShare(string Partition, int Nodes, int Out, int Most)
{
    /// <summary>What is out of service, from 0 to 1.</summary>
    public double Share => Nodes == 0 ? 0 : (double)Out / Nodes;

    /// <summary>No further node may be taken out.</summary>
    public bool IsFull => Out >= Most;

    /// <summary>Of one partition.</summary>
    public static PartitionShare Of(ClusterSight cluster, string partition, GuardSettings settings)
    {
        var (all, away) = (0, 0);
        foreach (var node in cluster.Nodes.Values.Where(node => node.Partitions.Contains(partition)))
        {
            all++;
            if (node.IsOut) away++;
        }

        return Of(partition, all, away, settings);
    }

    /// <summary>Of each partition, by name.</summary>
    public static IReadOnlyList<PartitionShare> Each(ClusterSight cluster, GuardSettings settings)
    {
        var counted = new SortedDictionary<string, (int All, int Out)>(StringComparer.Ordinal);
        foreach (var node in cluster.Nodes.Values)
        {
            foreach (var partition in node.Partitions)
            {
                var (all, away) = counted.GetValueOrDefault(partition);
                counted[partition] = (all + 1, away + (node.IsOut ? 1 : 0));
            }
        }

        return [.. counted.Select(one => Of(one.Key, one.Value.All, one.Value.Out, settings))];
    }

    private static PartitionShare Of(string partition, int all, int away, GuardSettings settings)
        => new(partition, all, away, Math.Max(settings.AlwaysDrainable, (int)(all * settings.MaxDrainedShare)));
}
