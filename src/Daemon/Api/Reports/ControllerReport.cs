namespace Forewarn.Daemon.Api.Reports;

/// <summary>What the controller was told, in <c>/v1/node</c>.</summary>
internal sealed record ControllerReport
{
    /// <summary>Where it is told.</summary>
    public required string Target { get; init; }

    public required long ReportsTaken { get; init; }

    public required long ReportsFailed { get; init; }

    /// <summary>Events that the controller has not taken.</summary>
    public required long EventsWaiting { get; init; }

    /// <summary>Requests for a checkpoint that lie for jobs.</summary>
    public required long CheckpointRequests { get; init; }

    /// <summary>When a report was last taken; absent before the first time.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why none is taken; absent while they are.</summary>
    public string? Trouble { get; init; }

    /// <summary>When that began.</summary>
    public DateTimeOffset? TroubleSince { get; init; }
}
