using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>All series of one device. Its label bytes are built once, and again when the device's identity changed.</summary>
internal sealed class DeviceSeries(DeviceView view, bool simulated, bool withLinks)
{
    private Device? _device;
    private DeviceLabels _labels = null!;
    private string? _driver;
    private byte[]? _traits; // null where the maker tells nothing more

    public DeviceView View => view;

    public byte[] Info { get; private set; } = [];

    public PresenceSeries Presence { get; private set; } = null!;

    public AccountSeries Account { get; private set; } = null!;

    public ReadingSeries Readings { get; private set; } = null!;

    public DriverErrorSeries DriverErrors { get; private set; } = null!;

    public WorkloadSeries Workloads { get; private set; } = null!;

    /// <summary>Takes a copy of what the device is now; what follows writes that copy.</summary>
    public void Take()
    {
        var (device, driver) = (view.Device, view.Source.DriverVersion);
        if (!ReferenceEquals(device, _device))
        {
            _labels = new DeviceLabels(device);
            Presence = new PresenceSeries(_labels);
            Account = new AccountSeries(_labels);
            Readings = new ReadingSeries(_labels, withLinks);
            DriverErrors = new DriverErrorSeries(_labels, view.Source.DriverErrorMetric);
            Workloads = new WorkloadSeries(_labels);
            _traits = device.Traits.All.Length == 0
                ? null
                : _labels.Series(SelfCatalog.DeviceTraits.Name, [.. device.Traits.All.Select(trait => new SignalLabel(trait.Key, trait.Value))]);
            _driver = null;
        }

        if (driver != _driver) Info = Identity(device, driver);
        (_device, _driver) = (device, driver);

        // A frame that was under way when the device was lost may still have been applied: its values are not shown.
        Presence.Take(view);
        Account.Take(view.Account);
        Workloads.Take(view);
        if (Presence.Now == DevicePresence.Measured) Readings.Take(view);
        else Readings.Forget();
    }

    public void WriteTraits(ref ExpositionWriter writer)
    {
        if (_traits is not null) writer.Sample(_traits, 1L);
    }

    private byte[] Identity(Device device, string driver) => _labels.Series(
        SelfCatalog.DeviceInfo.Name,
        new("name", device.Name),
        new("serial", device.Serial),
        new("part_number", device.PartNumber),
        new("pci_address", device.PciAddress),
        new("slot", SeriesName.NumberOrEmpty(device.Slot)),
        new("minor", SeriesName.NumberOrEmpty(device.Minor)),
        new("firmware", device.Firmware),
        new("configuration_image", device.ConfigurationImage),
        new("numa_node", SeriesName.NumberOrEmpty(device.NumaNode)),
        new("parent", device.Partition?.Parent.Value ?? ""),
        new("profile", device.Partition?.Profile ?? ""),
        new("driver", driver),
        new("simulated", simulated ? "true" : "false"));
}
