using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// The devices seen in this boot, kept over restarts of the agent: a card that is lost before the agent starts is still known by its uuid, and
/// is missed. Forgotten with the boot, since cards are swapped while a node is down: what was there in the boot before tells of that, and of a card that was
/// ill and did not come back.
/// </summary>
internal sealed class Inventory
{
    /// <summary>So long after a start every card had its time to come.</summary>
    public static readonly TimeSpan Grace = NodeHistory.Grace;

    private readonly Lock _gate = new();
    private readonly int? _expected;
    private readonly InventoryFile? _file;
    private readonly string _bootId;
    private readonly IReadOnlySet<DeviceId> _ill;
    private readonly Dictionary<string, Device> _byPlace = [];
    private readonly Dictionary<string, Device> _ofEarlierBoot = [];

    /// <param name="expected">As configured; null where it is not.</param>
    /// <param name="file">Where it is kept; null to keep nothing.</param>
    /// <param name="bootId">This boot.</param>
    /// <param name="ill">Devices of which something grave was said when the agent ended.</param>
    public Inventory(int? expected, InventoryFile? file, string bootId, IReadOnlySet<DeviceId>? ill = null)
    {
        (_expected, _file, _bootId, _ill) = (expected, file, bootId, ill ?? new HashSet<DeviceId>());
        if (file is null) return;
        var (devices, earlier, ofThisBoot) = file.Load(bootId);
        foreach (var device in earlier) _ofEarlierBoot[device.PciAddress] = device;
        foreach (var device in devices) (ofThisBoot ? _byPlace : _ofEarlierBoot)[device.PciAddress] = device;
    }

    /// <summary>What is known by the device's place when it cannot say itself who it is.</summary>
    public Device Recall(Device device)
    {
        lock (_gate)
        {
            return device.Id.IsProvisional && _byPlace.TryGetValue(device.PciAddress, out var known) && known.Vendor == device.Vendor && !IsAnother(device, known)
                ? known : device;
        }
    }

    /// <summary>It does not say who it is, but that it is not what was there.</summary>
    private static bool IsAnother(Device device, Device known) => device.Serial.Length > 0 && known.Serial.Length > 0 && device.Serial != known.Serial;

    /// <summary>The same device as it was known before; null where it was not.</summary>
    public Device? Known(Device device)
    {
        lock (_gate) return _byPlace.TryGetValue(device.PciAddress, out var known) && known.Id == device.Id && known.Vendor == device.Vendor ? known : null;
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

            if (changed) Save(source);
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

    /// <summary>
    /// Cards that were ill in an earlier boot, and that nothing shows now in whatever place, nor another card in theirs: most likely dead, and else gone
    /// from sight with all that was said of them. From now on they are of this boot.
    /// </summary>
    /// <param name="source">Name of the source.</param>
    /// <param name="shown">What is known in this boot.</param>
    public IReadOnlyList<Device> Missed(string source, IReadOnlyList<Device> shown)
    {
        lock (_gate)
        {
            var missed = _ofEarlierBoot.Values
                .Where(card => _ill.Contains(card.Id) && !shown.Any(other => other.Id == card.Id || other.PciAddress == card.PciAddress)).ToList();
            foreach (var card in missed)
            {
                _ofEarlierBoot.Remove(card.PciAddress);
                _byPlace[card.PciAddress] = card;
            }

            if (missed.Count > 0) Save(source);
            return missed;
        }
    }

    /// <summary>How many devices should be there: as configured, else as many as were seen.</summary>
    public int Expected(int seen) => _expected ?? seen;

    // With those that may yet be missed: the agent may be started anew before they are.
    private void Save(string source) => _file?.Save(_bootId, source, [.. _byPlace.Values], [.. _ofEarlierBoot.Values.Where(card => _ill.Contains(card.Id))]);
}
