using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn check --json</c> prints.</summary>
internal sealed record NodeCheckReport
{
    public string Api { get; init; } = ApiJson.Version;

    public bool Simulated { get; init; }

    /// <summary>Absent while the agent cannot be reached.</summary>
    public string? Node { get; init; }

    public required NodeCheckStatus Status { get; init; }

    /// <summary>What the process exits with.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The line without its numbers.</summary>
    public required string Text { get; init; }

    /// <summary>Under <c>--slurm</c>, what became of the wish to drain the node; absent where nobody wished it.</summary>
    public string? Drain { get; init; }

    public StateCounts? States { get; init; }
}

/// <summary>Nagios' four words, with their exit codes (Monitoring Plugins Development Guidelines, "Plugin Return Codes").</summary>
internal enum NodeCheckStatus
{
    /// <summary>Healthy, or to be watched.</summary>
    Ok = 0,

    /// <summary>A device, or the node, is degraded.</summary>
    Warning = 1,

    /// <summary>A device, or the node, fails or has failed.</summary>
    Critical = 2,

    /// <summary>Nobody can say.</summary>
    Unknown = 3,
}
