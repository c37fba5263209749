using System.Collections.Immutable;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Reports;

/// <summary>
/// The scale-up domains that devices report: whoever has the same cluster and the same clique reaches the other without the network. A node whose devices do not
/// agree is told for each of their domains, most of them first, so that <see cref="TopologyMerge"/> takes that one and tells the rest as a conflict.
/// </summary>
public static class ReportedDomains
{
    /// <summary>Facts of the nodes that have a device in a domain; of the others nothing is known.</summary>
    public static TopologyFacts Of(IEnumerable<(string Node, ImmutableArray<ReportedDevice> Devices)> nodes)
        => new(TopologySource.Devices, [.. nodes.SelectMany(one => Domains(one.Devices).Select(domain => new NodeFacts(one.Node, domain)))]);

    private static IEnumerable<string> Domains(ImmutableArray<ReportedDevice> devices)
        => (devices.IsDefault ? [] : devices).Where(IsInOne).CountBy(device => $"{device.ClusterUuid}/{device.CliqueId}".ToLowerInvariant())
            .OrderByDescending(domain => domain.Value).ThenBy(domain => domain.Key, StringComparer.Ordinal).Select(domain => domain.Key);

    // A UUID of noughts stands for none: taken for one, it would make a single domain of all nodes that have a fabric of their own. A report without the field has null.
    private static bool IsInOne(ReportedDevice device) => (device.ClusterUuid ?? "").AsSpan().ContainsAnyExcept('0', '-');
}
