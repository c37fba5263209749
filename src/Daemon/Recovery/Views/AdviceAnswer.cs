using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/advice</c> and <c>/v1/advice/{id}</c>: the figures from which follows how often jobs should save. Fields are only ever added; docs/moving-work.md describes each.</summary>
internal sealed record AdviceAnswer
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of the fleet is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The controller's clock at the answer.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Failures that the controller saw: a device or node failed, or work had to stop at once; what strikes one node within an hour is one.</summary>
    public required int Failures { get; init; }

    /// <summary>Nodes times days in which they were counted, of the last 90 days at most; 0 while nobody has looked.</summary>
    public required double NodeDays { get; init; }

    /// <summary>The running jobs by number, or the one that was asked for.</summary>
    public required IReadOnlyList<JobFigures> Jobs { get; init; }
}

/// <summary>What is known of one job.</summary>
internal sealed record JobFigures
{
    public required string Id { get; init; }

    public required string User { get; init; }

    public required int NodeCount { get; init; }

    public required int Cards { get; init; }

    /// <summary>Seconds for which one checkpoint holds it up.</summary>
    public required double CostSeconds { get; init; }

    public required FigureSource CostSource { get; init; }

    /// <summary>Seconds from a failure until it computes again: its stop, its wait for a place, its load.</summary>
    public required double RestartSeconds { get; init; }

    /// <summary>Of the load; the rest of it is the site's setting.</summary>
    public required FigureSource RestartSource { get; init; }

    /// <summary>Seconds between its checkpoints now; absent where nobody knows.</summary>
    public double? IntervalSeconds { get; init; }

    public FigureSource? IntervalSource { get; init; }

    /// <summary>The section in which the site declares for it what its owner does not; absent where there is none.</summary>
    public string? Site { get; init; }
}

/// <summary>Where a figure comes from.</summary>
internal enum FigureSource
{
    /// <summary>Its owner, or the site for it, declared it.</summary>
    Declared,

    /// <summary>The controller saw it.</summary>
    Observed,

    /// <summary>The site's setting for jobs that declare nothing.</summary>
    Setting,
}
