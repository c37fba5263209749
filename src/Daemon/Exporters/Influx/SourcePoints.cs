using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>Whether a source reads, and how many devices it should and does read.</summary>
internal sealed class SourcePoints(SourceView view, SignalLabel node)
{
    private readonly byte[] _up = Of(Measurements.SourceUp, view, node);
    private readonly byte[] _expected = Of(Measurements.DevicesExpected, view, node);
    private readonly byte[] _found = Of(Measurements.DevicesFound, view, node);

    public SourceView View => view;

    public void Write(PointWriter points, DateTimeOffset now)
    {
        points.Value(_up, view.IsUp ? 1 : 0, now);
        points.Value(_expected, view.Expected, now);
        points.Value(_found, view.Found, now);
    }

    private static byte[] Of(string measurement, SourceView view, SignalLabel node)
        => LineProtocol.Series(measurement, [node, new("source", view.Name)]);
}
