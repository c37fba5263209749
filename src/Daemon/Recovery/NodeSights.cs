using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Recovery;

/// <summary>The fleet in the words of who decides about work.</summary>
internal static class NodeSights
{
    /// <summary>
    /// All nodes by name. One that this controller has not heard yet is awaited as long as any node may be silent, and silent after that: what it told an earlier one is not
    /// known to be so any more. A simulated node has no business beside real ones and is left out there.
    /// </summary>
    public static ImmutableDictionary<string, NodeSight> Of(FleetState fleet, ClusterSight? cluster, DateTimeOffset now)
    {
        var areAllSimulated = fleet.Nodes.Values.All(static node => node.IsSimulated);
        return fleet.Nodes.Values.Where(node => areAllSimulated || !node.IsSimulated)
            .ToImmutableDictionary(static node => node.Name, node => Of(node, cluster?.Node(node.Name)?.Cards ?? 0, fleet, now), StringComparer.Ordinal);
    }

    private static NodeSight Of(FleetNode node, int cards, FleetState fleet, DateTimeOffset now)
    {
        var number = CardNumbers.Of(node.Devices, cards);
        var isSilent = fleet.IsSilent(node, now);
        return new()
        {
            Name = node.Name,
            IsSilent = isSilent,
            IsAwaited = !isSilent && !fleet.IsCurrent(node, now),
            InMaintenance = node.Report.InMaintenance,
            LacksCards = node.Devices.Length < cards,
            Driver = node.Report.Driver,
            BootId = node.Report.BootId,
            Devices = [.. (node.Report.Itself is { } itself ? node.Devices.Prepend(itself) : node.Devices).Select(device => DeviceSight.Of(device, number))],
        };
    }
}
