using System.Globalization;

namespace Forewarn.Daemon.Cli;

/// <summary>Advice for a person.</summary>
internal static class CheckpointAdviceScreen
{
    public static IEnumerable<Line> Of(CheckpointAdviceReport report, int width)
    {
        var of = report.Job is { } job ? $"Job {job} of {report.User}: c" : "C";
        yield return new(report.Hopeless
            ? $"The job fails each {Span(report.MeanSecondsBetweenFailures)}, and a checkpoint takes over half of that: it hardly moves. Make checkpoints cheaper first."
            : $"{of}heckpoint every {Span(report.IntervalSeconds)}: the job then makes progress in {Share(report.Ettr)} of its time.",
            report.Hopeless ? Tone.Bad : Tone.Plain);
        if (report is { SavedCardHoursPerDay: { } saved, CurrentSeconds: { } current })
        {
            yield return new(string.Create(
                CultureInfo.InvariantCulture, $"Now it does every {Span(current)}: the other would save {saved:0.0} card-hours a day of its {report.Cards} cards."));
        }

        yield return new(string.Create(
            CultureInfo.InvariantCulture,
            $"{report.Nodes:0.##} nodes, a failure each {Span(report.MeanSecondsBetweenFailures)}; a checkpoint costs {Span(report.CostSeconds)}, a restart {Span(report.RestartSeconds)}"));
        (string Label, string? Text)[] sources =
        [
            ("rate     ", report.RateSource), ("restart  ", report.RestartSource), ("cost     ", report.Job is null ? null : report.CostSource),
            ("interval ", report.Job is null ? null : report.CurrentSource ?? "nobody knows how often it saves now; interval= in its comment says it"),
        ];
        foreach (var (label, text) in sources.Where(static source => source.Text is not null))
        {
            foreach (var line in LabelledText.Lines(label, text!, width)) yield return new(line);
        }

        yield return new("");
        var table = new TextTable([new("INTERVAL", Right: true), new("ETTR", Right: true), new("WRITING", Right: true), new("LOST PER FAILURE", Right: true), new("")]);
        foreach (var one in report.Intervals)
        {
            var mark = one.Current ? "now" : one.IntervalSeconds == report.IntervalSeconds ? "best" : "";
            table.Add(Span(one.IntervalSeconds), Share(one.Ettr), Share(one.WritingShare), Span(one.LostSecondsPerFailure), mark);
        }

        foreach (var line in table.Render(width)) yield return new(line);
    }

    public static IEnumerable<Line> Of(FleetAdviceReport report, int width)
    {
        foreach (var line in LabelledText.Lines("rate     ", report.RateSource, width)) yield return new(line);
        yield return new("");
        if (report.Jobs.Count == 0)
        {
            yield return new("no job runs");
            yield break;
        }

        var table = new TextTable(
        [
            new("JOB"), new("USER"), new("NODES", Right: true), new("CARDS", Right: true), new("COST", Right: true), new("EVERY", Right: true), new("ADVISED", Right: true),
            new("ETTR", Right: true), new("SAVES A DAY", Right: true),
        ]);
        foreach (var job in report.Jobs)
        {
            table.Add(job.Job!, job.User!, string.Create(CultureInfo.InvariantCulture, $"{job.Nodes:0}"), string.Create(CultureInfo.InvariantCulture, $"{job.Cards}"), Span(job.CostSeconds),
                job.CurrentSeconds is { } current ? Span(current) : "?", job.Hopeless ? "-" : Span(job.IntervalSeconds), Share(job.Ettr),
                job.SavedCardHoursPerDay is { } saved ? string.Create(CultureInfo.InvariantCulture, $"{saved:0.0} card-h") : "?");
        }

        foreach (var line in table.Render(width)) yield return new(line);
    }

    private static string Span(double seconds) => Quantity.Duration(TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.MaxValue.TotalSeconds / 2)));

    private static string Share(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.00} %");
}
