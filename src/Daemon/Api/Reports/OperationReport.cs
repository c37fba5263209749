namespace Forewarn.Daemon.Api.Reports;

/// <summary>The answer to an operation that was done.</summary>
internal sealed record OperationReport
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    /// <summary><c>release</c>, <c>resume</c>, <c>clear</c>, <c>maintenance</c> or <c>inject</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The source; absent when all were meant.</summary>
    public string? Source { get; init; }

    /// <summary>One line for a person.</summary>
    public required string Text { get; init; }
}
