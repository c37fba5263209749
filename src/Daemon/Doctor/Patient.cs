using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Doctor;

/// <summary>What every check may look at: gathered once, before the first of them.</summary>
internal sealed record Patient
{
    public required ConfigurationResult Configuration { get; init; }

    /// <summary>[Agent] as far as it could be read: a configuration with an error elsewhere still says where things are.</summary>
    public AgentOptions Settings => AgentOptions.From(Configuration.Values);

    public required AgentSeen Agent { get; init; }

    /// <summary>The directory that holds /sys, /proc and /dev: the running agent's, else the configured one.</summary>
    public required string Root { get; init; }

    /// <summary>True when the cards are invented.</summary>
    public required bool IsSimulated { get; init; }

    /// <summary>Profile or scenario, where the agent told.</summary>
    public string? Simulation => Agent.Node?.Simulation;

    /// <summary>This program's.</summary>
    public required string Version { get; init; }

    /// <summary>Who asks.</summary>
    public required uint OwnUid { get; init; }

    public required IReadOnlyList<SourceEvidence> Sources { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>CLOCK_MONOTONIC: time since the boot without the time asleep.</summary>
    public required TimeSpan Monotonic { get; init; }
}
