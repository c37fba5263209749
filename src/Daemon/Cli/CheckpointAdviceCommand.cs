using System.CommandLine;
using System.Globalization;
using Forewarn.Daemon.Checkpoints;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn checkpoint advise</c>: how often a job should save, and what that is worth.</summary>
internal static class CheckpointAdviceCommand
{
    private const string UsualRate = "6.5 failures in 1,000 node-days, as on Meta's RSC-1 (arXiv 2410.21680); tell your own: --failures N --node-days D, or --failure-rate";
    private const string UsualRestart = "6.47 min for 1,024 GPUs (arXiv 2412.12636); tell your own: --restart";

    // Beside the best: a quarter and four times of it show how flat the curve is.
    private static readonly double[] Others = [0.25, 0.5, 1, 2, 4];

    public static Command Create(CommandSurroundings surroundings)
    {
        var cost = CheckpointOptions.Duration("--cost", "How long one checkpoint holds the job up.");
        cost.Required = true;
        var nodes = new Option<double>("--nodes") { Description = "Nodes of the job.", HelpName = "N", Required = true };
        var rate = new Option<double?>("--failure-rate") { Description = "Failures of a node in a day, such as 0.0065.", HelpName = "R" };
        var failures = new Option<double?>("--failures") { Description = "Failures that this site counted, in --node-days.", HelpName = "N" };
        var days = new Option<double?>("--node-days") { Description = "Nodes times days in which they were counted.", HelpName = "D" };
        var restart = CheckpointOptions.Duration("--restart", "From a failure until the job works again, its wait in the queue included.");
        var interval = CheckpointOptions.Duration("--interval", "How often the job saves now, to compare.");
        var json = new Option<bool>("--json") { Description = "JSON for programs; docs/cli.md describes it." };
        var command = new Command("advise", "Say how often a job should checkpoint (Young and Daly), and what share of its time it then makes progress.")
        {
            cost, nodes, rate, failures, days, restart, interval, json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(nodes) is not (> 0 and < 1e9)) result.AddError("--nodes must be above 0");
            if (result.GetValue(rate) is not (null or (> 0 and < 1e6))) result.AddError("--failure-rate must be above 0");
            if (result.GetValue(failures) is null != result.GetValue(days) is null) result.AddError("--failures and --node-days belong together");
            if (result.GetValue(failures) is not (null or (> 0 and < 1e9)) || result.GetValue(days) is not (null or (> 0 and < 1e12)))
                result.AddError("--failures and --node-days must be above 0; where nothing failed yet, leave both out");
            if (result.GetValue(failures) is not null && result.GetValue(rate) is not null) result.AddError("tell --failure-rate or --failures, not both");
        });
        command.SetAction(parsed =>
        {
            var (told, counted) = (parsed.GetValue(rate), parsed.GetValue(failures));
            var perDay = told ?? (counted / parsed.GetValue(days)) ?? CheckpointInterval.UsualFailuresPerNodeDay;
            var source = told is not null ? "as told" : counted is { } count ? Counted(count, parsed.GetValue(days)!.Value) : UsualRate;
            var report = Report(
                new(parsed.GetValue(cost)!.Value.TotalSeconds, CheckpointInterval.MeanTime(parsed.GetValue(nodes), perDay),
                    parsed.GetValue(restart)?.TotalSeconds ?? CheckpointInterval.UsualRestart),
                parsed.GetValue(interval)?.TotalSeconds) with
            {
                Nodes = parsed.GetValue(nodes),
                FailuresPerNodeDay = perDay,
                RateSource = source,
                RestartSource = parsed.GetValue(restart) is null ? UsualRestart : "as told",
            };
            if (parsed.GetValue(json)) JsonText.Write(surroundings.Terminal.Output, report, CliJson.Plain.CheckpointAdviceReport);
            else surroundings.Terminal.Write(Lines(report, surroundings.Terminal.Width));
            return ExitCode.Ok;
        });
        return command;
    }

    private static CheckpointAdviceReport Report(CheckpointInterval figures, double? current)
    {
        var all = Others.Select(times => (Seconds: times * figures.Best, IsCurrent: false));
        if (current is { } now) all = all.Append((now, true));
        return new()
        {
            IntervalSeconds = figures.Best,
            Ettr = figures.EffectiveShare(figures.Best),
            CostSeconds = figures.Cost,
            Nodes = 0,
            FailuresPerNodeDay = 0,
            RateSource = "",
            RestartSeconds = figures.Restart,
            RestartSource = "",
            MeanSecondsBetweenFailures = figures.MeanTimeToFailure,
            Hopeless = figures.IsHopeless,
            Intervals =
            [
                .. all.OrderBy(one => one.Seconds).Select(one => new IntervalReport
                {
                    IntervalSeconds = one.Seconds,
                    Ettr = figures.EffectiveShare(one.Seconds),
                    WritingShare = figures.WritingShare(one.Seconds),
                    LostSecondsPerFailure = figures.LostPerFailure(one.Seconds),
                    Current = one.IsCurrent,
                }),
            ],
        };
    }

    // The count of rare events varies by its root.
    private static string Counted(double failures, double days) => string.Create(
        CultureInfo.InvariantCulture, $"{failures:0.##} failures counted in {days:0.##} node-days; a count so small is sure to ±{100 / Math.Sqrt(failures):0} %");

    private static IEnumerable<Line> Lines(CheckpointAdviceReport report, int width)
    {
        yield return new(report.Hopeless
            ? $"The job fails each {Span(report.MeanSecondsBetweenFailures)}, and a checkpoint takes over half of that: it hardly moves. Make checkpoints cheaper first."
            : $"Checkpoint every {Span(report.IntervalSeconds)}: the job then makes progress in {Share(report.Ettr)} of its time.",
            report.Hopeless ? Tone.Bad : Tone.Plain);
        yield return new(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Nodes:0.##} nodes, a failure each {Span(report.MeanSecondsBetweenFailures)}; a checkpoint costs {Span(report.CostSeconds)}, a restart {Span(report.RestartSeconds)}"));
        foreach (var line in LabelledText.Lines("rate     ", report.RateSource, width)) yield return new(line);
        foreach (var line in LabelledText.Lines("restart  ", report.RestartSource, width)) yield return new(line);
        yield return new("");
        var table = new TextTable([new("INTERVAL", Right: true), new("ETTR", Right: true), new("WRITING", Right: true), new("LOST PER FAILURE", Right: true), new("")]);
        foreach (var one in report.Intervals)
        {
            var mark = one.Current ? "now" : one.IntervalSeconds == report.IntervalSeconds ? "best" : "";
            table.Add(Span(one.IntervalSeconds), Share(one.Ettr), Share(one.WritingShare), Span(one.LostSecondsPerFailure), mark);
        }

        foreach (var line in table.Render(width)) yield return new(line);
    }

    private static string Span(double seconds) => Quantity.Duration(TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)));

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");
}
