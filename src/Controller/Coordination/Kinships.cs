using Forewarn.Controller.Guards;
using Forewarn.Controller.Incidents;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Coordination;

/// <summary>What nodes have in common, out of the graph and the reports; looked up once a look and node.</summary>
internal sealed class Kinships(CoordinationView view)
{
    private readonly Dictionary<string, NodeKinship> _known = [];
    private readonly Dictionary<int, FailureDomain> _wholes = [];

    public NodeKinship Of(string node)
    {
        if (!_known.TryGetValue(node, out var kinship))
            _known.Add(node, kinship = new(view.Nodes.GetValueOrDefault(node)?.Driver ?? "", Name(node, TopologyLevel.Leaf), Domain(node, "rack"), Domain(node, "power")));
        return kinship;
    }

    /// <summary>What can go at once with the node: its leaf and its scale-up domain.</summary>
    public IEnumerable<FailureDomain> Domains(string node)
    {
        if (Group(node, TopologyLevel.Leaf) is >= 0 and var leaf) yield return Whole("leaf", leaf);
        if (Group(node, TopologyLevel.Domain) is >= 0 and var domain) yield return Whole("domain", domain);
    }

    private FailureDomain Whole(string kind, int group)
    {
        if (!_wholes.TryGetValue(group, out var whole))
            _wholes.Add(group, whole = new($"{kind} {view.Graph.Groups[group].Name}", [.. view.Graph.Members(group).ToArray().Select(member => view.Graph.Nodes[member])]));
        return whole;
    }

    private int Group(string node, int level) => view.Graph.Find(node) is >= 0 and var number ? view.Graph.GroupOf(number, level) : -1;

    private string Name(string node, int level) => Group(node, level) is >= 0 and var group ? view.Graph.Groups[group].Name : "";

    private string Domain(string node, string kind)
    {
        var (number, place) = (view.Graph.Find(node), view.Graph.FailureDomainKinds.IndexOf(kind));
        return number >= 0 && place >= 0 && view.Graph.FailureDomainOf(number, place) is >= 0 and var domain ? view.Graph.FailureDomainNames[domain] : "";
    }
}
