using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Findings of an earlier run whose devices have not shown up yet; kept for as long as the agent runs, since a card may come late.</summary>
internal sealed class StoredFindings(IEnumerable<Finding> findings)
{
    private readonly Dictionary<DeviceId, ImmutableArray<Finding>> _byDevice =
        findings.GroupBy(finding => finding.Device).ToDictionary(group => group.Key, group => group.ToImmutableArray());

    /// <summary>Those that were not handed over.</summary>
    public IEnumerable<Finding> Left => _byDevice.Values.SelectMany(findings => findings);

    /// <summary>Hands over those of a device that shows up, or goes for good; none the second time.</summary>
    public ImmutableArray<Finding> Take(DeviceId device) => _byDevice.Remove(device, out var found) ? found : [];

    /// <summary>Hands over those of one rule.</summary>
    public ImmutableArray<Finding> Take(DeviceId device, string rule, long? key)
    {
        if (!_byDevice.TryGetValue(device, out var known)) return [];
        var taken = known.Where(finding => finding.Rule == rule && (key is null || finding.Key == key)).ToImmutableArray();
        _byDevice[device] = [.. known.Except(taken)];
        return taken;
    }
}
