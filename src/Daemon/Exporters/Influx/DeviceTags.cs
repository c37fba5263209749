using System.Globalization;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>The tags that every point of a device carries: the labels of /metrics, and the node, which a scrape adds of itself.</summary>
internal sealed class DeviceTags(Device device, string node)
{
    private readonly SignalLabel[] _tags =
    [
        new("uuid", device.Id.Value), new("index", Number(device.Index)), new("vendor", device.Vendor.Name), new("node", node),
    ];

    public IEnumerable<SignalLabel> With(params IEnumerable<SignalLabel> own) => _tags.Concat(own);

    public byte[] Series(string measurement, params IEnumerable<SignalLabel> own) => LineProtocol.Series(measurement, With(own));

    /// <summary>The series of a reading.</summary>
    public byte[] Series(Signal signal, ushort instance) => signal.InstanceLabel is { } key
        ? Series(signal.Family.Name, [new SignalLabel(key, Number(instance)), .. signal.Labels])
        : Series(signal.Family.Name, signal.Labels);

    /// <summary>A number as text; empty, which is no tag, when it is unknown.</summary>
    public static string Number(int number) => number < 0 ? "" : number.ToString(CultureInfo.InvariantCulture);
}
