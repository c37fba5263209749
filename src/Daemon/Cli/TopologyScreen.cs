using System.Globalization;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary>How the nodes are wired, as a tree, and what its sources do not agree about.</summary>
internal static class TopologyScreen
{
    public static IEnumerable<Line> Render(TopologyAnswer topology, int width)
    {
        var sources = topology.Sources.Count == 0 ? "nobody tells how they are wired" : $"told by {string.Join(", ", topology.Sources)}";
        yield return new(string.Create(CultureInfo.InvariantCulture, $"{topology.Nodes.Count} nodes; {sources}; {topology.Conflicts.Count} conflicts, {topology.Complaints.Count} complaints"));
        foreach (var line in Tree(topology.Nodes, 0, width)) yield return new(line);
        if (topology.Conflicts.Count > 0) yield return new("");
        foreach (var text in topology.Conflicts.SelectMany(one => LabelledText.Lines("conflict: ", one.Words, width))) yield return new(text, Tone.Warning);
        if (topology.Complaints.Count > 0) yield return new("");
        foreach (var text in topology.Complaints.SelectMany(one => LabelledText.Lines("complaint: ", one, width))) yield return new(text, Tone.Warning);
    }

    // Nodes that hang on the same group stand beneath it; those on none come last.
    private static IEnumerable<string> Tree(IReadOnlyList<TopologyNodeReport> nodes, int depth, int width)
    {
        var indent = new string(' ', 2 * depth);
        foreach (var group in nodes.Where(node => node.Path.Count > depth).GroupBy(node => node.Path[depth]))
        {
            yield return $"{indent}{group.Key.Level} {group.Key.Name} ({group.Key.Source})";
            foreach (var line in Tree([.. group], depth + 1, width)) yield return line;
        }

        var here = nodes.Where(node => node.Path.Count == depth).Select(static node => node.Name).ToList();
        if (here.Count == 0) yield break;
        foreach (var line in LabelledText.Lines(indent, string.Join(' ', here), width)) yield return line;
    }
}
