using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// The fleet in the words of who decides about work. Of ten thousand nodes next to none stands otherwise than at the look before: what was made of the others is
/// kept. For one thread.
/// </summary>
internal sealed class NodeSights
{
    private readonly Dictionary<string, Basis> _bases = new(StringComparer.Ordinal);
    private ImmutableDictionary<string, NodeSight> _sights = ImmutableDictionary.Create<string, NodeSight>(StringComparer.Ordinal);

    /// <summary>
    /// All nodes by name. One that this controller has not heard yet is awaited as long as any node may be silent, and silent after that: what it told an earlier one is not
    /// known to be so any more. A simulated node has no business beside real ones and is left out there.
    /// </summary>
    public ImmutableDictionary<string, NodeSight> Of(FleetState fleet, ClusterSight? cluster, DateTimeOffset now)
    {
        var areAllSimulated = fleet.Nodes.Values.All(static node => node.IsSimulated);
        List<KeyValuePair<string, NodeSight>> changed = [];
        var known = 0;
        foreach (var node in fleet.Nodes.Values)
        {
            if (!areAllSimulated && node.IsSimulated) continue;
            known++;
            var basis = Basis.Of(node, cluster?.Node(node.Name)?.Cards ?? 0, fleet, now);
            if (_bases.TryGetValue(node.Name, out var before) && before == basis) continue;
            _bases[node.Name] = basis;
            changed.Add(new(node.Name, basis.Sight(node.Name)));
        }

        if (changed.Count > 0) _sights = _sights.SetItems(changed);
        if (_bases.Count > known) Forget([.. _bases.Keys.Where(name => fleet.Node(name) is not { } node || (!areAllSimulated && node.IsSimulated))]);
        return _sights;
    }

    private void Forget(IReadOnlyList<string> names)
    {
        foreach (var name in names) _bases.Remove(name);
        _sights = _sights.RemoveRange(names);
    }

    /// <summary>All that a node's sight is made of. A report that says nothing new leaves the list of devices the one that it was.</summary>
    private readonly record struct Basis(
        ImmutableArray<ReportedDevice> Devices, ReportedDevice? Itself, int Cards, bool IsSilent, bool IsCurrent, bool InMaintenance, string Driver, string BootId)
    {
        public static Basis Of(FleetNode node, int cards, FleetState fleet, DateTimeOffset now) => new(
            node.Devices, node.Report.Itself, cards, fleet.IsSilent(node, now), fleet.IsCurrent(node, now), node.Report.InMaintenance, node.Report.Driver, node.Report.BootId);

        public NodeSight Sight(string name)
        {
            var number = CardNumbers.Of(Devices, Cards);
            return new()
            {
                Name = name,
                IsSilent = IsSilent,
                IsAwaited = !IsSilent && !IsCurrent,
                InMaintenance = InMaintenance,
                LacksCards = Devices.Length < Cards,
                Driver = Driver,
                BootId = BootId,
                Devices = [.. (Itself is { } itself ? Devices.Prepend(itself) : Devices).Select(device => DeviceSight.Of(device, number))],
            };
        }
    }
}
