using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether points reach the server that they are sent to, and whether there is room for them while they do not.</summary>
internal static class DeliveryCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "delivery", patient =>
    {
        var options = InfluxOptions.From(patient.Configuration.Values);
        return
        [
            .. patient.Agent.Node is { } node ? Judge(node.Exporters, options.Enabled, patient.Now) : [],
            .. options is { Enabled: true, SpoolMax: > 0 }
                ? JudgeRoom(StateFacts.Look(options.SpoolDir), options.SpoolMax, patient.Agent.Node?.Exporters.Sum(exporter => exporter.SpoolBytes) ?? 0)
                : [],
        ];
    });

    public static IEnumerable<Finding> Judge(IReadOnlyList<ExporterReport> exporters, bool isEnabled, DateTimeOffset now)
    {
        if (isEnabled && exporters.Count == 0)
        {
            yield return Finding.Warning(
                "[Influx] Enabled=yes, and the agent sends nothing", "it was started with another configuration: systemctl restart forewarn");
        }

        foreach (var exporter in exporters)
        {
            var lost = exporter.PointsDropped.Sum(dropped => dropped.Points);
            var losses = lost == 0 ? "" : string.Create(CultureInfo.InvariantCulture,
                $"{lost} points lost since the agent's start ({string.Join(", ", exporter.PointsDropped.Select(dropped => dropped.Reason))})");
            if (exporter.Trouble is { } trouble)
            {
                var since = exporter.TroubleSince is { } begin ? $" for {Quantity.Duration(now - begin)}" : "";
                var text = string.Create(CultureInfo.InvariantCulture,
                    $"{exporter.Target} has taken nothing{since}: {trouble}; {exporter.PointsHeld} points wait");
                const string Todo = "docs/influx.md says what each answer means; forewarn status shows when it is taken again";
                yield return lost == 0 ? Finding.Warning(text, Todo) : Finding.Problem($"{text}, {losses}", Todo);
            }
            else if (lost > 0)
            {
                yield return Finding.Warning($"{exporter.Target}: {losses}", "journalctl -u forewarn says when; more room for waiting: [Influx] SpoolMax=");
            }
            else
            {
                yield return exporter.LastSuccess is { } last
                    ? Finding.Ok($"{exporter.Target} took points {Quantity.Duration(now - last)} ago")
                    : Finding.Note($"{exporter.Target} has taken nothing yet", "wait for an interval of [Influx], then forewarn doctor again");
            }
        }
    }

    /// <summary>What waits on disk may grow to most bytes, of which some lie there already.</summary>
    public static IEnumerable<Finding> JudgeRoom(StateFacts spool, long most, long used)
    {
        if (spool.Mount is { IsNetwork: true } mount)
        {
            yield return Finding.Problem(
                $"points wait in {spool.Path} on {mount.Type} ({mount.Path}): the agent would hang with its server", "[Influx] SpoolDir= on a local disk");
        }
        else if (spool.FreeBytes < most - used)
        {
            yield return Finding.Warning(
                $"{spool.FreeBytes >> 20} MiB free in {spool.Path}, where {(most - used) >> 20} MiB more of points may have to wait",
                "make room, or [Influx] SpoolMax= less");
        }
    }
}
