using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn controller</c> was asked for; the role takes it from here.</summary>
internal sealed record ControllerRequest
{
    /// <summary>Which files to read.</summary>
    public required ConfigurationPaths Paths { get; init; }

    /// <summary><c>--set</c> in the order given, then the options that stand for one setting; a later one wins.</summary>
    public required IReadOnlyList<ConfigurationOverride> Overrides { get; init; }
}
