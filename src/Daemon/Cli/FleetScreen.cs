using System.Globalization;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Fleet.Views;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>The nodes of a fleet, a row each.</summary>
internal static class FleetScreen
{
    private static readonly TextColumn[] Columns =
    [
        new("NODE"), new("STATE"), new("ILL", Right: true), new("DEVICES", Right: true), new("HEARD", Right: true), new("WHAT", Flexible: true),
    ];

    public static IEnumerable<Line> Render(FleetAnswer fleet, int width)
    {
        if (fleet.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        yield return new(Summary(fleet.Nodes.Count, fleet.States, fleet.Silent));
        if (fleet.Nodes.Count == 0)
        {
            yield return new("no agent has reported yet: an agent reports where Url= in [Reports] leads it here");
            yield break;
        }

        var table = new TextTable(Columns);
        foreach (var node in fleet.Nodes)
            table.Add(node.Name, node.State.ToString(), Count(node.IllCount), Count(node.DeviceCount), Quantity.Age(fleet.Time - node.Heard), What(node));
        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, node) in lines.Skip(1).Zip(fleet.Nodes)) yield return new(text, ToneOf(node.State));
    }

    /// <summary>What is worth to be known of a node beside its state, in one line.</summary>
    public static string What(FleetNodeSummary node) => string.Join("; ", new[]
    {
        node.Current ? null : "not heard: what it told is not of now",
        node.InMaintenance ? "in maintenance" : null,
        node.Simulated ? "simulated" : null,
        node.Summary,
    }.OfType<string>());

    public static Tone ToneOf(HealthState state) => state switch
    {
        HealthState.Failing or HealthState.Failed or HealthState.Unknown => Tone.Bad,
        HealthState.Watch or HealthState.Degraded => Tone.Warning,
        _ => Tone.Plain,
    };

    /// <summary>How many nodes stand in each state, those in none left out.</summary>
    public static string Summary(int nodes, StateCounts states, int silent)
    {
        (int Count, string Word)[] parts =
        [
            (states.Failed, "failed"), (states.Failing, "failing"), (states.Degraded, "degraded"), (states.Watch, "watched"), (states.Unknown, "unknown"),
            (silent, "silent"), (states.Healthy, "healthy"),
        ];
        var said = parts.Where(part => part.Count > 0).Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Word}"));
        return string.Join(", ", said.Prepend(string.Create(CultureInfo.InvariantCulture, $"{nodes} nodes")));
    }

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
