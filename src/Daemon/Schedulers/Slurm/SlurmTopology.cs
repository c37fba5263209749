using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Controller.Topology;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>
/// <c>topology.conf</c> (topology.conf(5), 22.05 to 26.11), and what <c>scontrol show topology</c> prints of it: the same keys and some more. Measured on 22.05.8 for
/// trees; for blocks after the print format of its plugin in 23.11 and 24.11. Never throws.
/// </summary>
internal sealed class SlurmTopology
{
    private static readonly string[] SwitchKeys = ["SwitchName", "Level", "LinkSpeed", "Nodes", "Switches"];
    private static readonly string[] BlockKeys = ["BlockName", "BlockIndex", "BlockSize", "Nodes"];

    private readonly ComplaintList _complaints;
    private readonly NameBudget _budget;
    private readonly Dictionary<string, int> _switches = new(StringComparer.Ordinal); // name → line
    private readonly Dictionary<string, (int Line, int Nodes)> _blocks = new(StringComparer.Ordinal);
    private readonly List<(int Line, SwitchFacts Fact)> _ways = [];
    private readonly List<NodeFacts> _inTree = [];
    private readonly List<NodeFacts> _inBlocks = [];
    private (int Line, int Nodes) _base;

    private SlurmTopology(ComplaintList complaints) => (_complaints, _budget) = (complaints, new(complaints));

    /// <summary>The tree, the blocks, or both when the text has both.</summary>
    public static TopologyReading Read(string where, string text)
    {
        var complaints = new ComplaintList(where);
        var reader = new SlurmTopology(complaints);
        foreach (var (number, line) in SlurmLines.Read(text, complaints)) reader.Take(number, line);
        return new(reader.Facts(), complaints.All());
    }

    private void Take(int line, string text)
    {
        if (text.Split((char[])[' ', '\t'], 2)[0].Equals("Include", StringComparison.OrdinalIgnoreCase))
        {
            _complaints.Add(line, "Include is not followed: what that file says is missing here; scontrol show topology tells all");
            return;
        }

        var pairs = SlurmPairs.Read(line, text, _complaints);
        if (pairs.Count == 0) return;
        if (pairs.TryGetValue("SwitchName", out var name)) TakeSwitch(line, name, pairs);
        else if (pairs.TryGetValue("BlockName", out name)) TakeBlock(line, name, pairs);
        else if (pairs.TryGetValue("BlockSizes", out var sizes)) TakeSizes(line, sizes);
        else if (!pairs.ContainsKey("AggregatedBlock")) // Slurm makes those of neighbours in its list: nobody said that they are wired so.
            _complaints.Add(line, $"{pairs.Keys.First()} begins neither a switch nor a block: the line is left out");
    }

    private void TakeSwitch(int line, string name, Dictionary<string, string> pairs)
    {
        KeysAre(line, pairs, SwitchKeys, "a switch");
        if (!IsNew(line, "switch", name, _switches.TryAdd(name, line), () => _switches[name])) return;
        var hasNodes = pairs.TryGetValue("Nodes", out var nodes);
        var isShown = pairs.TryGetValue("Level", out var level);
        if (pairs.TryGetValue("Switches", out var switches))
        {
            foreach (var child in _budget.Expand(line, switches)) _ways.Add((line, new(child, name)));
            // scontrol prints with a higher switch all nodes beneath it, and always its level.
            if (hasNodes && !isShown) _complaints.Add(line, $"switch {name} has both Switches and Nodes, which Slurm refuses; its nodes are left out");
        }
        else if (isShown && level != "0")
        {
            _complaints.Add(line, $"switch {name} has Level={level} and no Switches: is the line cut?"); // its nodes are those of its leaves
        }
        else if (hasNodes)
        {
            foreach (var node in _budget.Expand(line, nodes!)) _inTree.Add(new(node, null, name));
        }
        else
        {
            _complaints.Add(line, $"switch {name} has neither Nodes nor Switches");
        }
    }

    private void TakeBlock(int line, string name, Dictionary<string, string> pairs)
    {
        KeysAre(line, pairs, BlockKeys, "a block");
        if (!IsNew(line, "block", name, _blocks.TryAdd(name, (line, 0)), () => _blocks[name].Line)) return;
        if (!pairs.TryGetValue("Nodes", out var list))
        {
            _complaints.Add(line, $"block {name} has no Nodes");
            return;
        }

        var nodes = _budget.Expand(line, list);
        _blocks[name] = (line, nodes.Length);
        foreach (var node in nodes) _inBlocks.Add(new(node, name));
    }

    private void TakeSizes(int line, string sizes)
    {
        foreach (var size in sizes.Split(','))
        {
            if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var nodes) || nodes == 0)
                _complaints.Add(line, $"BlockSizes={sizes}: \"{size}\" is no number of nodes");
            else if (_base.Line == 0) _base = (line, nodes);
        }
    }

    private void KeysAre(int line, Dictionary<string, string> pairs, string[] known, string what)
    {
        foreach (var key in pairs.Keys.Where(key => !known.Contains(key, StringComparer.OrdinalIgnoreCase)))
            _complaints.Add(line, $"{key} is no key of {what}{NearestName.Suggest(key, known)}");
    }

    private bool IsNew(int line, string kind, string name, bool isNew, Func<int> before)
    {
        if (name.Length == 0) _complaints.Add(line, $"a {kind} without a name is left out");
        else if (!isNew) _complaints.Add(line, $"{kind} {name} stands on line {before()} already; that is taken, this is not");
        return isNew && name.Length > 0;
    }

    private ImmutableArray<TopologyFacts> Facts()
    {
        foreach (var (line, way) in _ways.Where(way => !_switches.ContainsKey(way.Fact.Name)))
            _complaints.Add(line, $"switch {way.Name}, beneath {way.Parent}, is described nowhere");
        foreach (var (name, (line, nodes)) in _blocks.Where(block => block.Value.Nodes > 0 && block.Value.Nodes < _base.Nodes))
            _complaints.Add(line, $"block {name} has {nodes} nodes, fewer than the {_base.Nodes} of BlockSizes on line {_base.Line}");
        if (_switches.Count == 0 && _blocks.Count == 0) _complaints.Add(0, "tells of no switch and of no block");

        var facts = ImmutableArray.CreateBuilder<TopologyFacts>();
        if (_inTree.Count > 0) facts.Add(new(TopologySource.SchedulerTree, [.. _inTree]) { Switches = [.. _ways.Select(way => way.Fact)] });
        if (_inBlocks.Count > 0) facts.Add(new(TopologySource.SchedulerBlocks, [.. _inBlocks]));
        return facts.ToImmutable();
    }
}
