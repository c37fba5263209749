using System.Globalization;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>The scheduler's jobs, a row each.</summary>
internal static class JobListScreen
{
    private static readonly TextColumn[] Columns =
    [
        new("JOB"), new("USER"), new("PARTITION", Drop: 1), new("PHASE"), new("NODES", Right: true), new("CARDS", Right: true), new("RESTARTS", Right: true, Drop: 2), new("MOVING"), new("INCIDENTS", Flexible: true),
    ];

    public static IEnumerable<Line> Render(JobList list, int width)
    {
        if (list.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        yield return new(list.Read is { } read ? string.Create(CultureInfo.InvariantCulture, $"{list.Total} jobs, as told {Quantity.Duration(list.Time - read)} ago") : "the scheduler was not read yet");
        var jobs = list.Jobs.ToList();
        if (jobs.Count == 0) yield break;
        var table = new TextTable(Columns);
        foreach (var job in jobs)
        {
            table.Add(job.Address ?? job.Id, job.User ?? Quantity.Unknown, job.Partition ?? Quantity.Unknown, job.Phase?.ToString() ?? Quantity.Unknown, Count(job.NodeCount), Count(job.Cards), Count(job.Restarts),
                job.Moving?.ToString() ?? Quantity.Unknown, string.Join(' ', job.Incidents));
        }

        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, job) in lines.Skip(1).Zip(jobs)) yield return new(text, job.Moving is null && job.Incidents.Count == 0 ? Tone.Plain : Tone.Warning);
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
