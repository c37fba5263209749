using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// The devices seen in this boot, kept over restarts of the agent: a card that is lost before the agent starts is still known by its uuid, and
/// is missed. Forgotten with the boot, since cards are swapped while a node is down.
/// </summary>
internal sealed class Inventory(int? expected, InventoryFile? file, string bootId)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Device> _byPlace = Load(file, bootId);

    /// <summary>What is known by the device's place when it cannot say itself who it is.</summary>
    public Device Recall(Device device)
    {
        lock (_gate)
        {
            return device.Id.IsProvisional && _byPlace.TryGetValue(device.PciAddress, out var known) && known.Vendor == device.Vendor ? known : device;
        }
    }

    /// <summary>Everything of that maker that was seen in this boot.</summary>
    public IReadOnlyList<Device> Remembered(Vendor vendor)
    {
        lock (_gate) return [.. _byPlace.Values.Where(device => device.Vendor == vendor)];
    }

    /// <summary>Takes what was found and gives back everything of that source that was seen in this boot.</summary>
    public IReadOnlyList<Device> Remember(string source, IEnumerable<Device> found)
    {
        lock (_gate)
        {
            var changed = false;
            foreach (var device in found)
            {
                changed |= !_byPlace.TryGetValue(device.PciAddress, out var known) || known != device;
                _byPlace[device.PciAddress] = device;
            }

            if (changed) file?.Save(bootId, source, [.. _byPlace.Values]);
            return [.. _byPlace.Values];
        }
    }

    /// <summary>How many devices should be there: as configured, else as many as were seen.</summary>
    public int Expected(int seen) => expected ?? seen;

    private static Dictionary<string, Device> Load(InventoryFile? file, string bootId)
    {
        var known = new Dictionary<string, Device>();
        foreach (var device in file?.Load(bootId) ?? []) known[device.PciAddress] = device;
        return known;
    }
}
