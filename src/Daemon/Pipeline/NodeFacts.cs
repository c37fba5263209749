namespace Forewarn.Daemon.Pipeline;

/// <summary>What does not change while the agent runs.</summary>
internal sealed record NodeFacts
{
    /// <summary>Name under which this node reports.</summary>
    public required string Name { get; init; }

    /// <summary>The kernel's boot id; empty when unreadable.</summary>
    public required string BootId { get; init; }

    /// <summary>Version of this program.</summary>
    public required string Version { get; init; }

    /// <summary>Profile or scenario of the simulated node; null on real hardware.</summary>
    public string? Simulation { get; init; }

    /// <summary>Directory that stands for <c>/</c> when sysfs and procfs are read.</summary>
    public string Root { get; init; } = "/";

    /// <summary>When the agent started.</summary>
    public required DateTimeOffset Started { get; init; }
}
