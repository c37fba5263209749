using System.Collections.Immutable;

namespace Forewarn.Controller.Jobs;

/// <summary>What a job asked for beside its cards. A node that cannot give it is no place to go: the job would wait there for ever.</summary>
public sealed record JobNeeds
{
    /// <summary>Nothing.</summary>
    public static JobNeeds None { get; } = new();

    /// <summary>Features of nodes, in its user's words; empty when it named none. What they mean is for the scheduler to say.</summary>
    public string Features { get; init; } = "";

    /// <summary>Nodes that it does not want.</summary>
    public ImmutableArray<string> Excluded { get; init; } = [];

    /// <summary>Processors on each node, those of the node that has most; 0 when it is not known.</summary>
    public int Cpus { get; init; }

    /// <summary>Memory on each node, MiB; 0 when it named none, or wants all.</summary>
    public long Memory { get; init; }
}
