namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>What a test's cluster consists of.</summary>
internal sealed record SlurmLayout
{
    /// <summary>n1, n2 and so on.</summary>
    public int Nodes { get; init; } = 6;

    /// <summary>Cards of each node; 0 where Slurm is to know of none.</summary>
    public int Cards { get; init; }

    /// <summary>Its partitions, each with all nodes; the first is the usual one.</summary>
    public IReadOnlyList<string> Partitions { get; init; } = ["gpu"];

    /// <summary>The lines of topology.conf; empty where all nodes are equally far apart.</summary>
    public string Topology { get; init; } = "";

    /// <summary>How often slurmd runs its health check, in seconds; 0 for never.</summary>
    public int HealthEvery { get; init; } = 1;

    /// <summary>Further lines of slurm.conf.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];
}
