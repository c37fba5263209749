namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn checkpoint advise --json</c>.</summary>
internal sealed record CheckpointAdviceReport
{
    /// <summary>Seconds of work between two checkpoints.</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>Share of the time in which progress is made that stays, 0 to 1.</summary>
    public required double Ettr { get; init; }

    public required double CostSeconds { get; init; }

    public required double Nodes { get; init; }

    public required double FailuresPerNodeDay { get; init; }

    /// <summary>Where that figure comes from.</summary>
    public required string RateSource { get; init; }

    public required double RestartSeconds { get; init; }

    /// <summary>Where that figure comes from.</summary>
    public required string RestartSource { get; init; }

    public required double MeanSecondsBetweenFailures { get; init; }

    /// <summary>Checkpoints cost more than half the time between two failures.</summary>
    public required bool Hopeless { get; init; }

    /// <summary>Other intervals beside it, the shortest first.</summary>
    public required IReadOnlyList<IntervalReport> Intervals { get; init; }
}

/// <summary>What one interval comes to.</summary>
internal sealed record IntervalReport
{
    public required double IntervalSeconds { get; init; }

    public required double Ettr { get; init; }

    /// <summary>Share of the time spent writing when nothing fails.</summary>
    public required double WritingShare { get; init; }

    /// <summary>Seconds that one failure costs on average.</summary>
    public required double LostSecondsPerFailure { get; init; }

    /// <summary>The job's own, as told.</summary>
    public required bool Current { get; init; }
}
