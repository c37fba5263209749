using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>The node on one screen, worst first; what does not fit is counted, never silently left out.</summary>
internal sealed class StatusScreen(NodeReport node, IReadOnlyList<DeviceReport> devices, TimeZoneInfo zone)
{
    private readonly DeviceReport[] _worstFirst =
    [
        .. devices.GroupBy(device => device.PciAddress).OrderBy(card => card.Min(DeviceTrouble.Rank)).ThenBy(card => card.Key, StringComparer.Ordinal)
            .SelectMany(card => card.OrderBy(device => device.Parent is null ? 0 : 1).ThenBy(device => device.Index)),
    ];

    /// <summary>At most <paramref name="height"/> lines, one of which stays free for the prompt.</summary>
    public IReadOnlyList<Line> Render(int width, int? height)
    {
        List<Line> head = [.. Head()];
        var room = (height - 1 - head.Count) ?? int.MaxValue;
        var troubles = Troubles(width);
        var rows = Rows(width);

        // A header of the table; then as many rows as leave half of the room to the sentences, or all of it where it suffices.
        var forSentences = Math.Max(room / 2, room - rows.Count - 1);
        var sentences = Sentences(troubles, forSentences);
        var forRows = room - sentences.Count;
        return [.. head, .. Folded(rows, forRows), .. sentences];
    }

    private IEnumerable<Line> Head()
    {
        if (node.Simulated)
        {
            yield return new($"SIMULATED NODE ({node.Simulation}): nothing below comes from real hardware", Tone.Warning);
        }

        var all = node.Devices;
        var leftAlone = devices.Count(device => device.Parent is null && device.IsLeftAlone());
        var expected = Math.Max(all.Expected, devices.Count(device => device.Parent is null) - leftAlone);
        var measured = expected == 0 ? "no devices" : $"{all.Measured} of {expected} devices measured{(leftAlone > 0 ? $", {leftAlone} excluded" : "")}";
        yield return new($"{node.Name}  forewarn {node.Version}  up {Quantity.Duration(node.Time - node.Started)}  {measured}");
        foreach (var source in node.Sources)
        {
            var driver = source.DriverVersion is { } version ? $"  driver {version}" : "";
            var last = source.LastSuccess is { } time ? $"  last sweep {Quantity.Duration(node.Time - time)} ago" : "";
            var found = source.Expected == 0 ? "" : $"  {source.Found} of {source.Expected} found";
            yield return new(
                $"{source.Name}  {source.State}{driver}{found}{last}",
                source.State is SourceState.Running or SourceState.Starting ? Tone.Plain : Tone.Warning);
        }

        if (node.Maintenance is { } work) yield return new(MaintenanceText.Of(work, node.Time, zone), Tone.Warning);
        foreach (var exporter in node.Exporters) yield return ExporterLine.Head(exporter, node.Time);
        if (node.Controller is { } controller) yield return ControllerLine.Head(controller, node.Time);
        yield return new("");
    }

    private List<List<Line>> Troubles(int width)
    {
        var ofSources = node.Sources
            .SelectMany(source => SourceTrouble.Sentences(source, node.Time, zone))
            .Select(text => new Line(text, Tone.Warning));
        // A source that does not run has said it for its devices, of which nothing more is known.
        var silent = node.Sources.Where(source => source.State != SourceState.Running).Select(source => source.Name).ToHashSet();
        var ofDevices = _worstFirst
            .Where(device => device.Presence != DevicePresence.Unknown || !silent.Contains(device.Source))
            .Select(device => new Line(DeviceTrouble.Sentence(device, node.Time, zone) ?? "", DeviceTrouble.Tone(device)))
            .Where(line => line.Text.Length > 0);
        var ofExporters = node.Exporters
            .Select(exporter => ExporterLine.Sentence(exporter, node.Time, zone))
            .Append(node.Controller is { } controller ? ControllerLine.Sentence(controller, node.Time, zone) : null)
            .OfType<string>()
            .Select(text => new Line(text, Tone.Warning));
        var ofNode = (node.Assessment?.Findings ?? []).Select(finding => new Line($"node: {DeviceTrouble.Sentence(finding)}", Tone.Warning));
        return [.. ofSources.Concat(ofNode).Concat(ofDevices).Concat(ofExporters).Select(Wrapped)];

        List<Line> Wrapped(Line line) => [.. WrappedText.Lines(line.Text, width).Select(text => line with { Text = text })];
    }

    private List<Line> Rows(int width)
    {
        if (_worstFirst.Length == 0) return [new("no device has been found", Tone.Warning)];
        var lines = DeviceTable.Narrow(_worstFirst, node.Time, width);
        return [new(lines[0]), .. lines.Skip(1).Zip(_worstFirst, (text, device) => new Line(text, DeviceTrouble.Tone(device)))];
    }

    // A blank line, then whole sentences only: half of one would mislead.
    private static List<Line> Sentences(List<List<Line>> troubles, int room)
    {
        if (troubles.Count == 0) return [];
        var all = new List<Line> { new("") };
        foreach (var (i, trouble) in troubles.Index())
        {
            var reserve = i == troubles.Count - 1 ? 0 : 1;
            if (all.Count + trouble.Count + reserve > room)
            {
                all.Add(new($"… and {troubles.Count - i} more problems: forewarn status | cat", trouble[0].Tone));
                break;
            }

            all.AddRange(trouble);
        }

        return all;
    }

    private List<Line> Folded(List<Line> rows, int room)
    {
        if (rows.Count <= room) return rows;
        var kept = Math.Max(room - 1, 2); // The table's header and the worst device.
        var left = _worstFirst.Skip(kept - 1).ToArray();
        var troubled = left.Count(device => DeviceTrouble.Tone(device) != Tone.Plain);
        return
        [
            .. rows.Take(kept),
            troubled == 0
                ? new($"… and {left.Length} more without problems")
                : new($"… and {left.Length} more, {troubled} of them with problems", Tone.Warning),
        ];
    }
}
