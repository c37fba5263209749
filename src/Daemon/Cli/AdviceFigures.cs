using System.Globalization;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>A figure and where it comes from.</summary>
/// <param name="Value">Seconds, or failures of a node in a day.</param>
/// <param name="Source">In words.</param>
internal sealed record SourcedFigure(double Value, string Source)
{
    private const string UsualRate = "6.5 failures in 1,000 node-days, as on Meta's RSC-1 (arXiv 2410.21680)";

    // Own figure: of so few the rate is known to a factor of two.
    private const int FewFailures = 4;

    /// <summary>As somebody told on the command line.</summary>
    public static SourcedFigure Told(double value) => new(value, "as told");

    /// <summary>What others measured; with what to do about it.</summary>
    public static SourcedFigure UsualRateOf(string further) => new(CheckpointInterval.UsualFailuresPerNodeDay, $"{UsualRate}; {further}");

    /// <summary>What this site counted.</summary>
    public static SourcedFigure Counted(double failures, double days, string by = "counted") => new(failures / days, string.Create(
        // The count of rare events varies by its root.
        CultureInfo.InvariantCulture, $"{failures:0.##} failures {by} in {days:0.##} node-days; a count so small is sure to ±{100 / Math.Sqrt(failures):0} %"));

    /// <summary>What the controller counted, where that says enough.</summary>
    public static SourcedFigure Of(AdviceAnswer answer) => answer.Failures >= FewFailures && answer.NodeDays > 0
        ? Counted(answer.Failures, answer.NodeDays, "that the controller saw")
        : UsualRateOf(string.Create(CultureInfo.InvariantCulture, $"the controller itself saw {answer.Failures} in {answer.NodeDays:0.#} node-days, too few to count on"));
}

/// <summary>From what an advice follows.</summary>
internal sealed record AdviceFigures
{
    public string? Job { get; init; }

    public string? User { get; init; }

    public int? Cards { get; init; }

    public required double Nodes { get; init; }

    public required SourcedFigure Cost { get; init; }

    public required SourcedFigure Rate { get; init; }

    public required SourcedFigure Restart { get; init; }

    /// <summary>The job's own; null where nobody knows.</summary>
    public SourcedFigure? Interval { get; init; }

    /// <summary>What the controller knows of a job.</summary>
    public static AdviceFigures Of(JobFigures job, SourcedFigure rate) => new()
    {
        Job = job.Id,
        User = job.User,
        Cards = job.Cards,
        Nodes = job.NodeCount,
        Cost = new(job.CostSeconds, Words(job.CostSource, job.Site, "[Recovery] CheckpointCost: the job declares none; cost= in its comment does")),
        Rate = rate,
        Restart = new(job.RestartSeconds, Words(job.RestartSource, job.Site, "[Recovery] StopCost, RequeueDelay and LoadCost") + (job.RestartSource == FigureSource.Declared ? " load=, beside StopCost and RequeueDelay of [Recovery]" : "")),
        Interval = job.IntervalSeconds is { } seconds ? new(seconds, Words(job.IntervalSource ?? FigureSource.Observed, job.Site, "")) : null,
    };

    private static string Words(FigureSource source, string? site, string setting) => source switch
    {
        FigureSource.Declared => site is null ? "declared by its owner" : $"declared by its owner, or by [{site}] of the site",
        FigureSource.Observed => "the time between the last two that the controller saw",
        _ => setting,
    };
}
