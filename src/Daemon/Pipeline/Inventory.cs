using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// The devices seen in this boot, kept over restarts of the agent: a card that is lost before the agent starts is still known by its uuid, and
/// is missed. Forgotten with the boot, since cards are swapped while a node is down: what was there in the boot before only tells of that.
/// </summary>
internal sealed class Inventory
{
    private readonly Lock _gate = new();
    private readonly int? _expected;
    private readonly InventoryFile? _file;
    private readonly string _bootId;
    private readonly Dictionary<string, Device> _byPlace = [];
    private readonly Dictionary<string, Device> _ofEarlierBoot = [];

    public Inventory(int? expected, InventoryFile? file, string bootId)
    {
        (_expected, _file, _bootId) = (expected, file, bootId);
        if (file is null) return;
        var (devices, ofThisBoot) = file.Load(bootId);
        foreach (var device in devices) (ofThisBoot ? _byPlace : _ofEarlierBoot)[device.PciAddress] = device;
    }

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

            if (changed) _file?.Save(_bootId, source, [.. _byPlace.Values]);
            return [.. _byPlace.Values];
        }
    }

    /// <summary>
    /// Cards in whose place another one was found, that one, and whether both were seen in this boot; told once, before what was found is
    /// remembered. A card that only moved to another slot is none, nor one that does not say who it is.
    /// </summary>
    public IReadOnlyList<(Device Gone, Device Came, bool InThisBoot)> Replaced(IReadOnlyList<Device> found)
    {
        lock (_gate)
        {
            var replaced = new List<(Device, Device, bool)>();
            foreach (var came in found)
            {
                if (came.Id.IsProvisional) continue;
                var inThisBoot = _byPlace.TryGetValue(came.PciAddress, out var gone);
                if (_ofEarlierBoot.Remove(came.PciAddress, out var earlier)) gone ??= earlier;
                if (gone is null || gone.Id.IsProvisional || gone.Vendor != came.Vendor || found.Any(device => device.Id == gone.Id)) continue;
                replaced.Add((gone, came, inThisBoot));
            }

            return replaced;
        }
    }

    /// <summary>How many devices should be there: as configured, else as many as were seen.</summary>
    public int Expected(int seen) => _expected ?? seen;
}
