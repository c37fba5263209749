using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>The whole node as points. What it builds the first time (names and tags as bytes) it keeps. For one thread.</summary>
internal sealed class NodePoints
{
    private readonly NodeView _view;
    private readonly byte[] _node;
    private readonly HostPoints _host;
    private readonly NodeHealthPoints _health;
    private readonly SeriesList<SourceView, SourcePoints> _sources;
    private readonly SeriesList<DeviceView, DevicePoints> _devices;

    public NodePoints(NodeView view, bool withLinks)
    {
        var node = new SignalLabel("node", view.Node.Name);
        _view = view;
        _node = LineProtocol.Facts(Measurements.NodeInfo, [node],
            [new("boot_id", view.Node.BootId), new("version", view.Node.Version)], Simulated(view.Node))!;
        (_host, _health) = (new(node), new(node));
        _sources = new(source => new(source, node), (points, source) => ReferenceEquals(points.View, source));
        _devices = new(device => new(device, view.Node, withLinks), (points, device) => ReferenceEquals(points.View, device));
    }

    /// <summary>A field of every point that tells who or what something is: simulated data says so.</summary>
    public static string Simulated(NodeFacts node) => node.Simulation is null ? "simulated=false" : "simulated=true";

    public void Write(PointWriter points, DateTimeOffset now)
    {
        points.Begin(now);
        points.Facts(_node, now);
        _host.Write(_view.Host, points);
        _health.Write(_view, points, now);
        foreach (var source in _sources.Follow(_view.Sources)) source.Write(points, now);
        foreach (var device in _devices.Follow(_view.Devices)) device.Write(points, now);
        points.End();
    }
}
