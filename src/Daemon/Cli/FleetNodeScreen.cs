using Forewarn.Daemon.Fleet.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>One node of a fleet: what its agent told last.</summary>
internal static class FleetNodeScreen
{
    // What fits on a screen beneath sixteen devices; --json has all that the controller gives.
    private const int MostTransitions = 10;

    public static IEnumerable<Line> Render(FleetNodeAnswer node, int width, TimeZoneInfo zone)
    {
        var what = FleetScreen.What(node);
        yield return new($"{node.Name}: {node.State}{(what.Length == 0 ? "" : "; " + what)}", FleetScreen.ToneOf(node.State));
        yield return new($"heard {Quantity.Age(node.Time - node.Heard)} ago; agent {node.Version ?? Quantity.Unknown}, driver {node.Driver ?? Quantity.Unknown}, boot {node.BootId ?? Quantity.Unknown}");
        yield return new("");
        var table = new TextTable([new("DEVICE"), new("SERIAL", Drop: 2), new("PCI ADDRESS", Drop: 1), new("STATE"), new("JOBS", Drop: 3), new("WHAT", Flexible: true)]);
        foreach (var device in node.Devices)
        {
            table.Add(device.Id, device.Serial ?? Quantity.Unknown, device.PciAddress ?? Quantity.Unknown, device.State.ToString(),
                device.Jobs.Count == 0 ? Quantity.Unknown : string.Join(' ', device.Jobs), device.Summary ?? "");
        }

        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, device) in lines.Skip(1).Zip(node.Devices)) yield return new(text, node.Current ? FleetScreen.ToneOf(device.State) : Tone.Plain);
        if (node.Transitions.Count == 0) yield break;
        yield return new("");
        foreach (var one in node.Transitions.Take(MostTransitions).Reverse())
        {
            foreach (var text in LabelledText.Lines($"{Quantity.Moment(one.At, node.Time, zone)}  ", $"{one.Device}: {one.Text}", width)) yield return new(text);
        }
    }
}
