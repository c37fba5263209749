using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>All points of one device. Its bytes are built once, and again when the device's identity changed.</summary>
internal sealed class DevicePoints(DeviceView view, NodeFacts node, bool withLinks)
{
    private static readonly string[] States = EnumLabels.Of<DevicePresence>();

    private Device? _device;
    private DeviceTags _tags = null!;
    private byte[] _info = [];
    private byte[] _up = [];
    private byte[] _generation = [];
    private byte[][] _states = [];
    private byte[] _processes = [];
    private AccountPoints _account = null!;
    private HealthPoints _health = null!;
    private ReadingPoints _readings = null!;
    private DeviceExtras _extras = null!;
    private string? _driver;

    public DeviceView View => view;

    /// <summary>Readings carry the time of their sample; what the agent itself knows carries the time at which it was asked.</summary>
    public void Write(PointWriter points, DateTimeOffset now)
    {
        Follow(view.Device);
        var presence = view.Presence.Presence;
        points.Facts(_info, now);
        points.Value(_up, presence == DevicePresence.Measured ? 1 : 0, now);
        for (var i = 0; i < _states.Length; i++) points.Value(_states[i], i == (int)presence ? 1 : 0, now);
        points.Value(_generation, view.CounterGeneration, now);
        _account.Write(view.Account, points, now);
        _health.Write(view.Assessment, points, now);
        if (view.Processes is { Absence: NoDataReason.None } tally) points.Value(_processes, tally.Count, now);
        _extras.Write(points, now);
        if (presence == DevicePresence.Measured) _readings.Write(points);
    }

    private void Follow(Device device)
    {
        var driver = view.Source.DriverVersion;
        if (ReferenceEquals(device, _device) && driver == _driver) return;
        if (!ReferenceEquals(device, _device))
        {
            _tags = new(device, node.Name);
            _up = _tags.Series(Measurements.DeviceUp);
            _generation = _tags.Series(Measurements.DeviceCountersGeneration);
            _states = Array.ConvertAll(States, state => _tags.Series(Measurements.DevicePresence, [new("state", state)]));
            _processes = _tags.Series(Measurements.DeviceProcesses);
            _account = new(_tags);
            _health = new(_tags);
            _readings = new(view, _tags, withLinks);
            _extras = new(view, _tags);
        }

        (_device, _driver) = (device, driver);
        _info = LineProtocol.Facts(
            Measurements.DeviceInfo,
            _tags.With(),
            [
                new("name", device.Name), new("serial", device.Serial), new("part_number", device.PartNumber),
                new("pci_address", device.PciAddress), new("slot", DeviceTags.Number(device.Slot)),
                new("minor", DeviceTags.Number(device.Minor)), new("firmware", device.Firmware),
                new("configuration_image", device.ConfigurationImage), new("numa_node", DeviceTags.Number(device.NumaNode)),
                new("parent", device.Partition?.Parent.Value ?? ""), new("profile", device.Partition?.Profile ?? ""), new("driver", driver),
                .. device.Traits.All.Select(trait => new SignalLabel(trait.Key, trait.Value)),
            ],
            NodePoints.Simulated(node))!;
    }
}
