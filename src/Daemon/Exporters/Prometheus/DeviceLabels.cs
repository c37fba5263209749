using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>The three labels that every series of a device carries, and series made with them.</summary>
internal sealed class DeviceLabels(Device device)
{
    private readonly SignalLabel[] _labels =
    [
        new("uuid", device.Id.Value), new("index", SeriesName.NumberOrEmpty(device.Index)), new("vendor", device.Vendor.Name),
    ];

    public byte[] Series(string name, params ReadOnlySpan<SignalLabel> own) => SeriesName.Encode(name, [.. _labels, .. own]);

    /// <summary>The series of a reading: the signal's fixed labels, its instance first where it has one.</summary>
    public byte[] Series(Signal signal, ushort instance)
        => signal.InstanceLabel is { } key
            ? Series(signal.Family.Name, [new SignalLabel(key, SeriesName.NumberOrEmpty(instance)), .. signal.Labels])
            : Series(signal.Family.Name, [.. signal.Labels]);

    /// <summary>One series for each value of an enum, by its number.</summary>
    public byte[][] SeriesPerMember<T>(string name, string key) where T : struct, Enum
        => Array.ConvertAll(EnumLabels.Of<T>(), value => Series(name, new SignalLabel(key, value)));
}
