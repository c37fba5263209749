using Forewarn.Controller.Incidents;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Coordination;

/// <summary>What nodes have in common, out of the graph and the reports; looked up once a look and node.</summary>
internal sealed class Kinships(CoordinationView view)
{
    private readonly Dictionary<string, NodeKinship> _known = [];

    public NodeKinship Of(string node)
    {
        if (!_known.TryGetValue(node, out var kinship))
            _known.Add(node, kinship = new(view.Nodes.GetValueOrDefault(node)?.Driver ?? "", Group(node, TopologyLevel.Leaf), Domain(node, "rack"), Domain(node, "power")));
        return kinship;
    }

    /// <summary>What can go at once with the node: its leaf and its scale-up domain.</summary>
    public IEnumerable<string> Domains(string node)
    {
        if (Of(node).Leaf is { Length: > 0 } leaf) yield return $"leaf {leaf}";
        if (Group(node, TopologyLevel.Domain) is { Length: > 0 } domain) yield return $"domain {domain}";
    }

    private string Group(string node, int level)
    {
        var number = view.Graph.Find(node);
        return number >= 0 && view.Graph.GroupOf(number, level) is >= 0 and var group ? view.Graph.Groups[group].Name : "";
    }

    private string Domain(string node, string kind)
    {
        var (number, place) = (view.Graph.Find(node), view.Graph.FailureDomainKinds.IndexOf(kind));
        return number >= 0 && place >= 0 && view.Graph.FailureDomainOf(number, place) is >= 0 and var domain ? view.Graph.FailureDomainNames[domain] : "";
    }
}
