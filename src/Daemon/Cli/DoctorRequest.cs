using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn doctor</c> was asked for; the role takes it from here.</summary>
internal sealed record DoctorRequest
{
    /// <summary>Which files to read.</summary>
    public required ConfigurationPaths Paths { get; init; }

    /// <summary><c>--set</c> and <c>--socket</c>; a later one wins.</summary>
    public required IReadOnlyList<ConfigurationOverride> Overrides { get; init; }

    /// <summary>The controller and its rights in place of the agent and the cards.</summary>
    public bool OfController { get; init; }

    /// <summary>JSON instead of text.</summary>
    public required bool Json { get; init; }

    /// <summary>Where the answer goes.</summary>
    public required Terminal Terminal { get; init; }
}
