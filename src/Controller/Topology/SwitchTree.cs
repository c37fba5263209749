namespace Forewarn.Controller.Topology;

/// <summary>The switches of one source as a tree: cycles cut, levels counted from the nodes upwards.</summary>
internal sealed class SwitchTree
{
    private readonly Dictionary<string, string?> _parents = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _levels = new(StringComparer.Ordinal);

    public SwitchTree(TopologyFacts facts, List<TopologyConflict> conflicts)
    {
        foreach (var one in facts.Switches)
        {
            if (_parents.TryAdd(one.Name, one.Parent) || string.Equals(_parents[one.Name], one.Parent, StringComparison.Ordinal)) continue;
            Contradicts(facts, conflicts, $"switch {one.Name} stands beneath {_parents[one.Name] ?? "nothing"} and beneath {one.Parent ?? "nothing"}; the first is taken");
        }

        foreach (var name in facts.Switches.Select(one => one.Name).Distinct(StringComparer.Ordinal).ToList()) Cut(name, facts, conflicts);
        foreach (var name in facts.Nodes.Select(node => node.Switch).OfType<string>().Distinct(StringComparer.Ordinal)) Lift(name, TopologyLevel.Leaf);
    }

    /// <summary>The switch above, or null.</summary>
    public string? Above(string name) => _parents.GetValueOrDefault(name);

    /// <summary>2 for a leaf; a switch stands one above the highest switch beneath it.</summary>
    public int LevelOf(string name) => _levels[name];

    private void Cut(string name, TopologyFacts facts, List<TopologyConflict> conflicts)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { name };
        for (var at = name; _parents.GetValueOrDefault(at) is { } above; at = above)
        {
            if (seen.Add(above)) continue;
            Contradicts(facts, conflicts, $"switch {at} stands above and beneath {above}; it is taken as a top");
            _parents[at] = null;
            return;
        }
    }

    private void Lift(string name, int level)
    {
        for (string? at = name; at is not null && _levels.GetValueOrDefault(at) < level; at = Above(at), level++) _levels[at] = level;
    }

    private static void Contradicts(TopologyFacts facts, List<TopologyConflict> conflicts, string words)
        => conflicts.Add(new("switches", facts.Source, facts.Source, [], words));
}
