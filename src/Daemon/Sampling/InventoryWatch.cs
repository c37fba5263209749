using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Sampling;

/// <summary>
/// Says when the inventory must be taken anew: another number of devices, a lost one that gives a handle again, or (on the inventory's own,
/// long period) one whose identity or firmware changed. Taking it anew ends the probe, and where the driver keeps no idle card initialised
/// that restarts the card's counters; so it is never done without a cause.
/// </summary>
internal sealed class InventoryWatch
{
    private static readonly byte[] RefindCall = CallSlots.Tag("refind");
    private static readonly byte[] CountCall = CallSlots.Tag("count");
    private static readonly byte[] IdentityCall = CallSlots.Tag("identity");

    private readonly IDeviceSource _source;
    private readonly DeviceTable _devices;
    private readonly IReadOnlyList<DeviceFrame> _inventory;
    private readonly CallGuard _guard;
    private readonly ProbeSettings _settings;
    private readonly TimeProvider _time;
    private readonly int _count;
    private long _described;

    public InventoryWatch(IDeviceSource source, DeviceTable devices, IReadOnlyList<DeviceFrame> inventory, CallGuard guard,
        ProbeSettings settings, TimeProvider time)
    {
        (_source, _devices, _inventory, _guard, _settings, _time) = (source, devices, inventory, guard, settings, time);
        _count = Count();
        _described = time.GetTimestamp();
    }

    public bool HasChanged() => CountChanged() || LostOneFound() || IdentityChanged();

    private bool CountChanged()
    {
        var count = Count();
        return count >= 0 && count != _count;
    }

    private int Count()
    {
        var start = _guard.Enter(CallGuard.NoDevice, CountCall, _settings.SlowDeadline);
        var count = _source.CountDevices();
        _guard.Leave(start);
        return count;
    }

    private bool LostOneFound()
    {
        for (var ordinal = 0; ordinal < _devices.Count; ordinal++)
        {
            if (_devices.IsReachable(ordinal) && _devices.IsAnswering(ordinal)) continue;
            var start = _guard.Enter(_devices.TagOf(ordinal), RefindCall, _settings.SlowDeadline);
            var found = _source.Refind(ordinal);
            _guard.Leave(start);
            if (found && !_devices.IsReachable(ordinal)) return true;
        }

        return false;
    }

    private bool IdentityChanged()
    {
        if (_time.GetElapsedTime(_described) < _settings.Inventory) return false;
        _described = _time.GetTimestamp();
        for (var ordinal = 0; ordinal < _devices.Count; ordinal++)
        {
            if (!_devices.IsReachable(ordinal) || !_devices.IsAnswering(ordinal)) continue;
            var start = _guard.Enter(_devices.TagOf(ordinal), IdentityCall, _settings.SlowDeadline);
            var now = _source.Describe(ordinal);
            _guard.Leave(start);
            if (_devices.IsAnswering(ordinal) && now != _inventory[ordinal]) return true;
        }

        return false;
    }
}
