using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn report --json</c> prints.</summary>
internal sealed record ReportWritten
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required string File { get; init; }

    /// <summary>Names inside the archive.</summary>
    public required IReadOnlyList<string> Files { get; init; }
}
