using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>What was read of the node beside its devices, each with the time at which it was read, and once. What cannot be seen is no point.</summary>
internal sealed class HostPoints(SignalLabel node)
{
    private readonly byte[] _blocked = LineProtocol.Series(Measurements.NodeBlocked, [node]);
    private readonly byte[] _stuckAny = LineProtocol.Series(Measurements.NodeStuck, [node, new("owner", "any")]);
    private readonly byte[] _stuckDriver = LineProtocol.Series(Measurements.NodeStuck, [node, new("owner", "driver")]);
    private readonly SeriesList<HostPart, Part> _parts = new(part => new(part.Name, node), (points, part) => points.Name == part.Name);
    private HostReadings? _written;

    public void Write(HostReadings? host, PointWriter points)
    {
        if (host is null || ReferenceEquals(host, _written)) return;
        _written = host;
        if (host.Processes >= 0)
        {
            points.Value(_blocked, host.Blocked, host.Read);
            points.Value(_stuckAny, host.StuckProcesses, host.Read);
            points.Value(_stuckDriver, host.StuckOfDriver, host.Read);
        }

        var parts = _parts.Follow(host.Parts);
        for (var i = 0; i < parts.Length; i++)
        {
            points.Value(parts[i].Needed, host.Parts[i].IsNeeded ? 1 : 0, host.Read);
            if (host.Parts[i].IsThere is { } isThere) points.Value(parts[i].Up, isThere ? 1 : 0, host.Read);
        }
    }

    /// <summary>The series of a service or module.</summary>
    private sealed class Part(string name, SignalLabel node)
    {
        public string Name => name;

        public byte[] Needed { get; } = LineProtocol.Series(Measurements.NodePartNeeded, [node, new("part", name)]);

        public byte[] Up { get; } = LineProtocol.Series(Measurements.NodePartUp, [node, new("part", name)]);
    }
}
