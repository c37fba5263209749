namespace Forewarn.Daemon.Api.Reports;

/// <summary>One exporter that sends, in <c>/v1/node</c>.</summary>
internal sealed record ExporterReport
{
    public required string Name { get; init; }

    /// <summary>Where it sends.</summary>
    public required string Target { get; init; }

    /// <summary>The sum of written, dropped and held, but while a batch is on its way.</summary>
    public required long PointsTaken { get; init; }

    public required long PointsWritten { get; init; }

    /// <summary>By reason, as in /metrics; only reasons that occurred.</summary>
    public required IReadOnlyList<DroppedPointsReport> PointsDropped { get; init; }

    public required long PointsHeld { get; init; }

    /// <summary>When the oldest of them were taken; absent while none wait.</summary>
    public DateTimeOffset? OldestHeld { get; init; }

    public required long SpoolBatches { get; init; }

    public required long SpoolBytes { get; init; }

    public required long Retries { get; init; }

    /// <summary>When the server last took points; absent before the first time.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Why nothing is delivered; absent while it is.</summary>
    public string? Trouble { get; init; }

    /// <summary>When that began.</summary>
    public DateTimeOffset? TroubleSince { get; init; }
}

/// <summary>Points that will never be sent.</summary>
internal sealed record DroppedPointsReport(string Reason, long Points);
