using System.Collections.Immutable;
using Forewarn.Controller.Topology;

namespace Forewarn.Daemon.Topology;

/// <summary>What a walked network says of the nodes: their adapters tell their names, the cables the rest. Never throws.</summary>
internal static class FabricReader
{
    /// <summary>The tree above these nodes, by the scheduler's names for them; whatever else hangs on the network is passed over.</summary>
    public static TopologyReading Read(string where, string text, IReadOnlySet<string> nodes)
    {
        var complaints = new ComplaintList(where);
        var walk = FabricListing.Read(text, complaints);
        if (walk.Stations.IsEmpty) complaints.Add(0, "tells of no station");
        LookForCuts(walk, complaints);
        var adapters = walk.Stations.Where(station => station.Kind == FabricStationKind.Adapter).ToList();
        var names = SwitchNames(walk, nodes);
        foreach (var adapter in adapters)
        {
            if (Host(adapter.Description, nodes) is { } node) names.Add(adapter.Id, node);
        }

        LookForNodes(adapters, nodes, names, complaints);
        var links = walk.Cables.Where(cable => names.ContainsKey(cable.One) && names.ContainsKey(cable.Other))
            .Select(cable => new FabricLink(names[cable.One], names[cable.Other]));
        var facts = FabricTiers.Of(links, nodes);
        return new(facts.Nodes.IsEmpty ? [] : [facts], complaints.All());
    }

    /// <summary>A switch by its description where that is its own, for people know it by that; else by its id.</summary>
    private static Dictionary<string, string> SwitchNames(FabricWalk walk, IReadOnlySet<string> nodes)
    {
        var switches = walk.Stations.Where(station => station.Kind == FabricStationKind.Switch).ToList();
        var known = switches.CountBy(one => one.Description, StringComparer.Ordinal).Where(count => count.Value == 1).Select(count => count.Key).ToHashSet(StringComparer.Ordinal);
        return switches.ToDictionary(one => one.Id, one => one.Description.Length > 0 && known.Contains(one.Description) && !nodes.Contains(one.Description) ? one.Description : one.Id);
    }

    /// <summary>The first word, with or without the domain behind it.</summary>
    private static string? Host(string description, IReadOnlySet<string> nodes)
    {
        var word = description.Split(' ', 2)[0].Trim('\'');
        if (nodes.Contains(word)) return word;
        var host = word.Split('.', 2)[0];
        return nodes.Contains(host) ? host : null;
    }

    // Every cable is told by both of its ends, and every station of which one speaks has its own place: else the end of the text is missing.
    private static void LookForCuts(FabricWalk walk, ComplaintList complaints)
    {
        var told = walk.Cables.Select(cable => (cable.One, cable.OnePort, cable.Other, cable.OtherPort)).ToHashSet();
        var halves = walk.Cables.Where(cable => !told.Contains((cable.Other, cable.OtherPort, cable.One, cable.OnePort))).ToList();
        if (halves.Count == 0) return;
        var first = halves[0];
        complaints.Add(0, $"{halves.Count} cables are told by one end alone, the first on line {first.Line} between {first.One} and {first.Other}: is the text cut?");
    }

    // Storage and service hosts are no nodes of the scheduler's, so that alone is no complaint; a node that is missing is, and then their descriptions say why.
    private static void LookForNodes(List<FabricStation> adapters, IReadOnlySet<string> nodes, Dictionary<string, string> names, ComplaintList complaints)
    {
        var found = adapters.Select(adapter => names.GetValueOrDefault(adapter.Id)).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var missing = nodes.Where(node => !found.Contains(node)).Order(StringComparer.Ordinal).ToImmutableArray();
        if (missing.IsEmpty) return;
        var others = adapters.Where(adapter => !names.ContainsKey(adapter.Id)).ToList();
        var hint = others.Count == 0 ? "" : $"; {others.Count} adapters name no node, the first on line {others[0].Line} \"{others[0].Description}\"";
        complaints.Add(0, $"{missing.Length} of {nodes.Count} nodes have no adapter here, the first {missing[0]}{hint}");
    }
}
