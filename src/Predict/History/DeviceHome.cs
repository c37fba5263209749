using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>
/// Which history belongs to which device: by identity, in whatever slot. Not by serial alone, since boards with several processors give each of
/// them the same.
/// </summary>
internal sealed class DeviceHome(NodeHistory node, List<DeviceHistory> devices)
{
    // Own figure: several times the slots of the largest node; who swaps more cards than that between two restarts does not look for their past here.
    private const int MostAbsent = 64;

    private readonly List<DeviceHistory> _absent = [];

    /// <summary>What an earlier run remembered, by device id.</summary>
    public IReadOnlyDictionary<string, byte[]> Memories { get; set; } = new Dictionary<string, byte[]>();

    public DeviceHistory Of(Device device)
    {
        if (device.Partition is { } part)
            return node.Find(part.Parent) ?? Of(device with { Id = part.Parent, Partition = null });
        if (node.Find(device.Id) is { } known)
        {
            if (!IsOther(known.Device, device))
            {
                if (known.Device == device) return known;
                if (known.Device.PciAddress != device.PciAddress) MakeRoom(known, device);
                known.Device = device;
                Sort();
                return known;
            }

            Leave(known, device, isReplaced: true); // known by its place alone, and another serial stands there
        }

        var there = At(device);
        if (there is not null)
        {
            if (IsSame(there.Device, device) && !Memories.ContainsKey(device.Id.Value) && Absent(device) is null)
            {
                there.Device = device;
                return there;
            }

            Leave(there, device, isReplaced: !IsSame(there.Device, device));
        }

        var added = Absent(device) ?? New(device);
        _absent.Remove(added);
        if (there is { IsLogged: true } && IsSame(there.Device, device)) added.Adopt(there);
        added.Device = device;
        devices.Add(added);
        Sort();
        return added;
    }

    /// <summary>What an earlier run remembered of one that no source lists, and so will not come by itself; null when it remembered nothing such.</summary>
    public DeviceHistory? Revive(DeviceId id)
    {
        if (node.Find(id) is not null) return null;
        var made = New(new Device { Id = id, Vendor = new Vendor(""), PciAddress = "" });
        if (!made.IsLogged) return null;
        devices.Add(made);
        Sort();
        return made;
    }

    private DeviceHistory New(Device device)
    {
        var made = new DeviceHistory(device, node.Clock) { BootId = node.BootId };
        if (Memories.TryGetValue(device.Id.Value, out var memory)) made.Load(memory);
        return made;
    }

    /// <summary>It moved; what stood where it is now has left that place.</summary>
    private void MakeRoom(DeviceHistory moved, Device device)
    {
        if (At(device) is { } there && there != moved) Leave(there, device, isReplaced: !there.Device.Id.IsProvisional);
    }

    private void Leave(DeviceHistory old, Device device, bool isReplaced)
    {
        devices.Remove(old);
        if (isReplaced) _absent.Add(old);
        if (_absent.Count > MostAbsent) _absent.RemoveAt(0);
        node.Departures.Enqueue(new Departure(old, device, isReplaced));
    }

    private DeviceHistory? At(Device device)
    {
        if (device.PciAddress.Length == 0) return null;
        foreach (var known in devices)
        {
            if (known.Device.PciAddress == device.PciAddress && known.Device.Vendor == device.Vendor) return known;
        }

        return null;
    }

    private DeviceHistory? Absent(Device device) => _absent.Find(known => known.Device.Id == device.Id && !IsOther(known.Device, device));

    /// <summary>The same card, which could say less of itself before: nothing but its place, or its serial alone.</summary>
    private static bool IsSame(Device before, Device now)
        => before.Id.IsProvisional || (before.Serial.Length > 0 && before.Id.Value == before.Serial && before.Serial == now.Serial);

    private static bool IsOther(Device before, Device now) => before.Serial.Length > 0 && now.Serial.Length > 0 && before.Serial != now.Serial;

    private void Sort() => devices.Sort(static (a, b) => string.CompareOrdinal(a.Device.PciAddress, b.Device.PciAddress));
}
