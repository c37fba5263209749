using System.Globalization;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>One node of a fleet: what its agent told last, what its scheduler says, what we did.</summary>
internal static class FleetNodeScreen
{
    // What fits on a screen beneath sixteen devices; --json has all that the controller gives.
    private const int MostTransitions = 10;

    public static IEnumerable<Line> Render(NodeAnswer node, int width, TimeZoneInfo zone)
    {
        var what = NodeListScreen.What(node);
        yield return new($"{node.Name}: {node.State}{(what.Length == 0 ? "" : "; " + what)}", FleetScreen.ToneOf(node.State));
        if (node.Heard is { } heard)
            yield return new($"heard {Quantity.Age(node.Time - heard)} ago; agent {node.Version ?? Quantity.Unknown}, driver {node.Driver ?? Quantity.Unknown}, boot {node.BootId ?? Quantity.Unknown}");
        foreach (var (label, said) in Around(node, zone))
        {
            foreach (var text in LabelledText.Lines(label, said, width)) yield return new(text);
        }

        if (node.Devices.Count > 0)
        {
            yield return new("");
            foreach (var line in Devices(node, width)) yield return line;
        }

        if (node.Transitions.Count == 0) yield break;
        yield return new("");
        foreach (var one in node.Transitions.Take(MostTransitions).Reverse())
        {
            foreach (var text in LabelledText.Lines($"{Quantity.Moment(one.At, node.Time, zone)}  ", $"{one.Device}: {one.Text}", width)) yield return new(text);
        }
    }

    private static IEnumerable<(string Label, string Text)> Around(NodeAnswer node, TimeZoneInfo zone)
    {
        if (node.Scheduler is { } known)
        {
            yield return ("scheduler ", string.Create(CultureInfo.InvariantCulture,
                $"{known.Phase}{(known.Reason is { } reason ? $": {reason}" : "")}; {string.Join(' ', known.Partitions)}; {known.FreeCards} of {known.Cards} cards free"));
        }

        if (node.Jobs.Count > 0) yield return ("jobs      ", string.Join(' ', node.Jobs));
        if (node.Path.Count > 0) yield return ("beneath   ", string.Join(", ", node.Path.Select(static one => $"{one.Level} {one.Name}").Concat(node.FailureDomains)));
        if (node.Drain is { } drain)
        {
            var came = drain.Lifted is { } lifted ? $", put back by a person {Quantity.Moment(lifted, node.Time, zone)}" : drain.WasOut ? "" : ", not seen out yet";
            yield return ("drained   ", string.Create(CultureInfo.InvariantCulture, $"{Quantity.Moment(drain.Since, node.Time, zone)} because of incident {drain.Incident}{came}: {drain.Reason}"));
        }

        if (node.Kept is { } kept) yield return ("held      ", $"by {kept.Who}: {kept.Why}");
        if (node.Incidents.Count > 0) yield return ("incidents ", string.Join(' ', node.Incidents));
    }

    private static IEnumerable<Line> Devices(NodeAnswer node, int width)
    {
        var table = new TextTable([new("DEVICE"), new("SERIAL", Drop: 2), new("PCI ADDRESS", Drop: 1), new("STATE"), new("7 D", Right: true, Drop: 4), new("JOBS", Drop: 3), new("WHAT", Flexible: true)]);
        foreach (var device in node.Devices)
        {
            table.Add(device.Id, device.Serial ?? Quantity.Unknown, device.PciAddress ?? Quantity.Unknown, device.State.ToString(),
                device.FailureProbability.SevenDays > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * device.FailureProbability.SevenDays:0.#} %") : Quantity.Unknown,
                device.Jobs.Count == 0 ? Quantity.Unknown : string.Join(' ', device.Jobs), device.Summary ?? "");
        }

        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, device) in lines.Skip(1).Zip(node.Devices)) yield return new(text, node.Current ? FleetScreen.ToneOf(device.State) : Tone.Plain);
    }
}
