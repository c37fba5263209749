using Forewarn.Model;

namespace Forewarn.Controller.Fleet;

/// <summary>A node stands in another state than before.</summary>
/// <param name="Node">Which.</param>
/// <param name="Before">As it stood; null when that was not known.</param>
/// <param name="After">As it stands.</param>
/// <param name="IsSilent">It is unknown because it does not speak.</param>
public sealed record NodeStateChange(string Node, HealthState? Before, HealthState After, bool IsSilent);

/// <summary>Follows in which state each node stands, a look at a time. For one thread.</summary>
public sealed class NodeStates
{
    private readonly Dictionary<string, HealthState> _known = new(StringComparer.Ordinal);

    /// <summary>
    /// What is otherwise than at the look before. A node that is met for the first time is told of only when it is not healthy, and one that still has its time to speak not at
    /// all: after a restart a whole fleet is met anew.
    /// </summary>
    public IReadOnlyList<NodeStateChange> Look(FleetState fleet, DateTimeOffset now)
    {
        List<NodeStateChange> changes = [];
        foreach (var node in fleet.Nodes.Values)
        {
            var isSilent = fleet.IsSilent(node, now);
            if (!isSilent && !fleet.IsCurrent(node, now)) continue;
            var after = fleet.Health(node, now);
            HealthState? before = _known.TryGetValue(node.Name, out var known) ? known : null;
            if (before == after) continue;
            _known[node.Name] = after;
            if (before is not null || after != HealthState.Healthy) changes.Add(new(node.Name, before, after, isSilent));
        }

        if (_known.Count > fleet.Nodes.Count)
        {
            foreach (var gone in _known.Keys.Where(name => fleet.Node(name) is null).ToList()) _known.Remove(gone);
        }

        return changes;
    }
}
