using System.Globalization;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>The nodes with what the scheduler says of them, a row each, the gravest first.</summary>
internal static class NodeListScreen
{
    private static readonly TextColumn[] Columns =
    [
        new("NODE"), new("STATE"), new("SCHEDULER"), new("ILL", Right: true, Drop: 2), new("DEVICES", Right: true, Drop: 3), new("PARTITIONS", Drop: 1), new("HEARD", Right: true, Drop: 4), new("WHAT", Flexible: true),
    ];

    public static IEnumerable<Line> Render(NodeList list, int width)
    {
        if (list.Simulated) yield return new("SIMULATED NODES are among these: what is said of them comes from no real hardware", Tone.Warning);
        var nodes = list.Nodes.OrderByDescending(static node => node.State).ThenBy(static node => node.Name, StringComparer.Ordinal).ToList();
        yield return new(string.Create(CultureInfo.InvariantCulture, $"{list.Total} nodes"));
        if (nodes.Count == 0) yield break;
        var table = new TextTable(Columns);
        foreach (var node in nodes)
        {
            table.Add(
                node.Name, node.State.ToString(), node.Scheduler?.Phase.ToString() ?? Quantity.Unknown, Count(node.IllCount), Count(node.DeviceCount),
                node.Scheduler is { Partitions.Count: > 0 } known ? string.Join(',', known.Partitions) : Quantity.Unknown,
                node.Heard is { } heard ? Quantity.Age(list.Time - heard) : Quantity.Unknown, What(node));
        }

        var lines = table.Render(width);
        yield return new(lines[0]);
        foreach (var (text, node) in lines.Skip(1).Zip(nodes)) yield return new(text, FleetScreen.ToneOf(node.State));
        if (list.Next is { } next) yield return new($"… and more behind {next}");
    }

    /// <summary>What is worth to be known of a node beside its state, in one line.</summary>
    public static string What(NodeLine node) => string.Join("; ", new[]
    {
        node.Heard is null ? "no agent was ever heard" : node.Current ? null : "not heard: what it told is not of now",
        node.InMaintenance ? "in maintenance" : null,
        node.Simulated ? "simulated" : null,
        node.Drain is null ? null : node.Drain.Lifted is null ? "drained by us" : "put back by a person",
        node.Kept is { } kept ? $"held by {kept.Who}" : null,
        node.Summary,
    }.OfType<string>());

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
