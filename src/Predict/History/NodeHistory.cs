using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>What rules may know of the node: its devices, when it and its drivers started, and what should be there.</summary>
public sealed class NodeHistory(string bootId, DateTimeOffset booted)
{
    private readonly List<DeviceHistory> _devices = [];
    private IReadOnlyDictionary<string, byte[]> _memories = new Dictionary<string, byte[]>();

    /// <summary>The kernel's boot id; "" when unreadable.</summary>
    public string BootId => bootId;

    /// <summary>When this boot began.</summary>
    public DateTimeOffset Booted { get; } = booted;

    /// <summary>When a driver was last loaded, or the boot began; the later.</summary>
    public DateTimeOffset DriverLoaded { get; set; } = booted;

    /// <summary>The node's own history: signals and events of no single device.</summary>
    public DeviceHistory Self { get; } = new(new Device { Id = DeviceId.Node, Vendor = new Vendor(""), PciAddress = "" });

    /// <summary>Its whole devices, in the order of their places.</summary>
    public IReadOnlyList<DeviceHistory> Devices => _devices;

    /// <summary>Somebody works at the node.</summary>
    public bool InMaintenance { get; set; }

    /// <summary>What each source expects and finds.</summary>
    public IReadOnlyList<SourceCount> Sources { get; set; } = [];

    /// <summary>What an earlier run remembered, by device id. The node takes its own at once, a device at its first sight.</summary>
    public void Remember(IReadOnlyDictionary<string, byte[]> memories)
    {
        _memories = memories;
        if (memories.TryGetValue(DeviceId.Node.Value, out var memory)) Self.Load(memory);
    }

    /// <summary>The history of a device; null when it is not known.</summary>
    public DeviceHistory? Find(DeviceId id)
    {
        if (id == DeviceId.Node) return Self;
        foreach (var device in _devices)
        {
            if (device.Device.Id == id) return device;
        }

        return null;
    }

    /// <summary>The history of this device, made at its first sight. A part of a card has none of its own.</summary>
    public DeviceHistory Of(Device device)
    {
        if (Find(device.Id) is { } known)
        {
            known.Device = device;
            return known;
        }

        var added = new DeviceHistory(device);
        if (_memories.TryGetValue(device.Id.Value, out var memory)) added.Load(memory);
        _devices.Add(added);
        _devices.Sort(static (a, b) => string.CompareOrdinal(a.Device.PciAddress, b.Device.PciAddress));
        return added;
    }
}

/// <summary>How many devices a source should see and does.</summary>
/// <param name="Source">Its name, for example <c>nvml</c>.</param>
/// <param name="Expected">As configured, or as many as were seen in this boot.</param>
/// <param name="Found">That answer.</param>
/// <param name="IsUp">Its samples flow.</param>
public readonly record struct SourceCount(string Source, int Expected, int Found, bool IsUp);
