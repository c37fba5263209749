using System.Collections.Immutable;
using Forewarn.Controller.Topology;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Topology;

/// <summary>
/// The file of the site (docs/topology.md): on each line nodes and what is known of them, as <c>n[1-4] leaf=leaf1 spine=spine1 rack=r17</c>. It overrules all other
/// sources, so every line that is not understood is named. Never throws.
/// </summary>
internal sealed class SiteFile
{
    private const string Domain = "domain";
    private static readonly string[] Tiers = ["leaf", "spine", "core"];
    private static readonly string[] FailureDomains = ["cooling", "power", "rack", "room", "row"];
    private static readonly string[] Keys = [Domain, .. Tiers, .. FailureDomains];

    private readonly ComplaintList _complaints;
    private readonly NameBudget _budget;
    private readonly SortedDictionary<string, Dictionary<string, (string Value, int Line)>> _told = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Above, int Line)> _ways = new(StringComparer.Ordinal);
    private readonly HashSet<(string Below, string Above)> _doubted = [];

    private SiteFile(ComplaintList complaints) => (_complaints, _budget) = (complaints, new(complaints));

    /// <summary>What the file says; no facts where it names no node.</summary>
    public static TopologyReading Read(string where, string text)
    {
        var complaints = new ComplaintList(where);
        var reader = new SiteFile(complaints);
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var comment = line.IndexOf('#', StringComparison.Ordinal);
            var words = (comment < 0 ? line : line[..comment]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0) reader.Take(number, words);
        }

        var facts = reader.Facts();
        return new(facts.Nodes.IsEmpty ? [] : [facts], complaints.All());
    }

    private void Take(int line, string[] words)
    {
        if (words[0].Contains('=', StringComparison.Ordinal))
        {
            _complaints.Add(line, $"\"{words[0]}\" stands where the nodes belong: write nodes, then key=value");
            return;
        }

        if (words.Length == 1) _complaints.Add(line, $"nothing is said of {words[0]}");
        var pairs = words.Skip(1).Select(word => Pair(line, word)).OfType<(string Key, string Value)>().ToList();
        if (pairs.Count == 0) return;
        var nodes = _budget.Expand(line, words[0]);
        foreach (var (key, value) in pairs) Tell(line, nodes, key, value);
    }

    private (string Key, string Value)? Pair(int line, string word)
    {
        var sign = word.IndexOf('=', StringComparison.Ordinal);
        if (sign < 1 || sign == word.Length - 1)
        {
            _complaints.Add(line, $"\"{word}\" is not key=value");
            return null;
        }

        var key = word[..sign].ToLowerInvariant();
        if (Keys.Contains(key)) return (key, word[(sign + 1)..]);
        _complaints.Add(line, $"{key} is no key{NearestName.Suggest(key, Keys)}: {string.Join(", ", Keys)}");
        return null;
    }

    private void Tell(int line, ImmutableArray<string> nodes, string key, string value)
    {
        string? against = null;
        var others = 0;
        foreach (var node in nodes)
        {
            if (!_told.TryGetValue(node, out var told)) _told.Add(node, told = []);
            if (told.TryAdd(key, (value, line)) || string.Equals(told[key].Value, value, StringComparison.Ordinal)) continue;
            if (against is null) against = $"{node} has {key}={told[key].Value} since line {told[key].Line}";
            else others++;
        }

        if (against is not null) _complaints.Add(line, $"{key}={value}: {against}, which is taken{(others == 0 ? "" : $"; so with {others} more nodes of the line")}");
    }

    private TopologyFacts Facts()
    {
        var nodes = ImmutableArray.CreateBuilder<NodeFacts>(_told.Count);
        var lonely = new SortedDictionary<(int Line, int Tier), string>();
        foreach (var (node, told) in _told)
        {
            for (var tier = 1; tier < Tiers.Length; tier++)
            {
                if (!told.TryGetValue(Tiers[tier], out var above)) continue;
                if (told.TryGetValue(Tiers[tier - 1], out var below)) Join(below.Value, above.Value, Math.Max(below.Line, above.Line));
                else lonely.TryAdd((above.Line, tier), node);
            }

            nodes.Add(new(node, Value(told, Domain), Value(told, Tiers[0]))
            {
                FailureDomains = FailureDomains.Where(told.ContainsKey).ToImmutableSortedDictionary(kind => kind, kind => told[kind].Value, StringComparer.Ordinal),
            });
        }

        foreach (var ((line, tier), node) in lonely) _complaints.Add(line, $"{node} has a {Tiers[tier]} and no {Tiers[tier - 1]}: where it hangs is not known");
        return new(TopologySource.File, nodes.ToImmutable()) { Switches = [.. _ways.Select(way => new SwitchFacts(way.Key, way.Value.Above))] };
    }

    private void Join(string below, string above, int line)
    {
        if (_ways.TryAdd(below, (above, line)) || string.Equals(_ways[below].Above, above, StringComparison.Ordinal)) return;
        if (_doubted.Add((below, above))) _complaints.Add(line, $"{below} stands beneath {_ways[below].Above} since line {_ways[below].Line}, which is taken, and here beneath {above}");
    }

    private static string? Value(Dictionary<string, (string Value, int Line)> told, string key) => told.TryGetValue(key, out var one) ? one.Value : null;
}
