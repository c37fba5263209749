using Forewarn.Daemon.Checkpoints;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn checkpoint advise --json</c>.</summary>
internal sealed record CheckpointAdviceReport
{
    // Beside the best: a quarter and four times of it show how flat the curve is.
    private static readonly double[] Others = [0.25, 0.5, 1, 2, 4];

    /// <summary>The job; absent where none was asked for.</summary>
    public string? Job { get; init; }

    /// <summary>Whose it is; as above.</summary>
    public string? User { get; init; }

    /// <summary>Seconds of work between two checkpoints.</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>Share of the time in which progress is made that stays, 0 to 1.</summary>
    public required double Ettr { get; init; }

    public required double CostSeconds { get; init; }

    /// <summary>Where that figure comes from.</summary>
    public required string CostSource { get; init; }

    public required double Nodes { get; init; }

    /// <summary>Absent where no job was asked for.</summary>
    public int? Cards { get; init; }

    public required double FailuresPerNodeDay { get; init; }

    /// <summary>Where that figure comes from.</summary>
    public required string RateSource { get; init; }

    public required double RestartSeconds { get; init; }

    /// <summary>Where that figure comes from.</summary>
    public required string RestartSource { get; init; }

    public required double MeanSecondsBetweenFailures { get; init; }

    /// <summary>Checkpoints cost more than half the time between two failures.</summary>
    public required bool Hopeless { get; init; }

    /// <summary>Seconds between the job's checkpoints now; absent where nobody knows.</summary>
    public double? CurrentSeconds { get; init; }

    /// <summary>Where that figure comes from; as above.</summary>
    public string? CurrentSource { get; init; }

    /// <summary>What the advised interval makes of a day that the job's own does not, on all its cards; absent where either is not known.</summary>
    public double? SavedCardHoursPerDay { get; init; }

    /// <summary>Other intervals beside it, the shortest first.</summary>
    public required IReadOnlyList<IntervalReport> Intervals { get; init; }

    public static CheckpointAdviceReport Of(AdviceFigures figures)
    {
        var curve = new CheckpointInterval(figures.Cost.Value, CheckpointInterval.MeanTime(figures.Nodes, figures.Rate.Value), figures.Restart.Value);
        var all = Others.Select(times => (Seconds: times * curve.Best, IsCurrent: false));
        if (figures.Interval is { } now) all = all.Append((now.Value, true));
        return new()
        {
            Job = figures.Job,
            User = figures.User,
            IntervalSeconds = curve.Best,
            Ettr = curve.EffectiveShare(curve.Best),
            CostSeconds = curve.Cost,
            CostSource = figures.Cost.Source,
            Nodes = figures.Nodes,
            Cards = figures.Cards,
            FailuresPerNodeDay = figures.Rate.Value,
            RateSource = figures.Rate.Source,
            RestartSeconds = curve.Restart,
            RestartSource = figures.Restart.Source,
            MeanSecondsBetweenFailures = curve.MeanTimeToFailure,
            Hopeless = curve.IsHopeless,
            CurrentSeconds = figures.Interval?.Value,
            CurrentSource = figures.Interval?.Source,
            // Near the best the curve is flat, and what rounding makes of it is no loss.
            SavedCardHoursPerDay = figures is { Cards: { } cards, Interval: { } current } ? Math.Max(0, cards * 24 * (curve.EffectiveShare(curve.Best) - curve.EffectiveShare(current.Value))) : null,
            Intervals =
            [
                .. all.OrderBy(one => one.Seconds).Select(one => new IntervalReport
                {
                    IntervalSeconds = one.Seconds,
                    Ettr = curve.EffectiveShare(one.Seconds),
                    WritingShare = curve.WritingShare(one.Seconds),
                    LostSecondsPerFailure = curve.LostPerFailure(one.Seconds),
                    Current = one.IsCurrent,
                }),
            ],
        };
    }
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

/// <summary><c>forewarn checkpoint advise --fleet --json</c>.</summary>
/// <param name="FailuresPerNodeDay">Of all nodes.</param>
/// <param name="RateSource">Where that figure comes from.</param>
/// <param name="Jobs">The one with the most to save first.</param>
internal sealed record FleetAdviceReport(double FailuresPerNodeDay, string RateSource, IReadOnlyList<CheckpointAdviceReport> Jobs);
