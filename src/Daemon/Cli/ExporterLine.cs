using System.Globalization;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary>What <c>forewarn status</c> says of an exporter that sends: where to, how far behind, what it lost, and in a sentence why.</summary>
internal static class ExporterLine
{
    public static Line Head(ExporterReport exporter, DateTimeOffset now)
    {
        var sent = exporter.LastSuccess is { } time ? $"last sent {Quantity.Duration(now - time)} ago" : "nothing sent yet";
        // While all is well a batch is under way for moments; a minute is a backlog.
        if (exporter.OldestHeld is { } oldest && (exporter.Trouble is not null || now - oldest > TimeSpan.FromMinutes(1)))
            sent = $"{Quantity.Duration(now - oldest)} behind";
        var lost = Lost(exporter) is > 0 and var points ? string.Create(CultureInfo.InvariantCulture, $"  {points} points lost") : "";
        return new($"{exporter.Name}  {exporter.Target}  {sent}{lost}", exporter.Trouble is null && lost.Length == 0 ? Tone.Plain : Tone.Warning);
    }

    /// <summary>Null while all is well.</summary>
    public static string? Sentence(ExporterReport exporter, DateTimeOffset now, TimeZoneInfo zone) => exporter is { Trouble: { } trouble, TroubleSince: { } since }
        ? string.Create(CultureInfo.InvariantCulture,
            $"exporter {exporter.Name} cannot send since {Quantity.Moment(since, now, zone)}: {trouble}; {exporter.PointsHeld} points wait, {Mebibytes(exporter.SpoolBytes)} of them on disk")
        : null;

    private static long Lost(ExporterReport exporter) => exporter.PointsDropped.Sum(dropped => dropped.Points);

    private static string Mebibytes(long bytes) => (bytes / (double)(1 << 20)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB";
}
