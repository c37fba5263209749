using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Sampling;

/// <summary>
/// Says when the inventory must be taken anew: another number of devices, a lost one that gives a handle again, one that waited for a reset
/// and is gone, one that was cut into
/// other parts, or (on the inventory's own, long period) one whose identity or firmware changed. Taking it anew ends the probe, and where the
/// driver keeps no idle card initialised that restarts the card's counters; so it is never done without a cause. A look allocates nothing.
/// </summary>
internal sealed class InventoryWatch(IDeviceSource source, DeviceTable devices, CallGuard guard, ProbeSettings settings, TimeProvider time)
{
    private const int NotCounted = -1;

    private static readonly byte[] RefindCall = CallSlots.Tag("refind");
    private static readonly byte[] CountCall = CallSlots.Tag("count");
    private static readonly byte[] IdentityCall = CallSlots.Tag("identity");
    private static readonly byte[] PartsCall = CallSlots.Tag("parts");

    private int _count = NotCounted;
    private readonly bool[] _isSilentButFound = new bool[devices.Count];
    private long _described = time.GetTimestamp();

    public bool HasChanged() => CountChanged() || PartsChanged() || LostOneFound() || IdentityChanged();

    /// <summary>Cards that answer and were cut into other parts.</summary>
    public bool PartsChanged()
    {
        for (var ordinal = 0; ordinal < devices.Count; ordinal++)
        {
            if (!devices.IsWhole(ordinal) || !devices.IsReachable(ordinal) || !devices.IsAnswering(ordinal)) continue;
            var start = guard.Enter(devices.TagOf(ordinal), PartsCall, settings.SlowDeadline);
            var haveChanged = source.HavePartsChanged(ordinal);
            guard.Leave(start);
            if (haveChanged) return true;
        }

        return false;
    }

    private bool CountChanged()
    {
        var start = guard.Enter(CallGuard.NoDevice, CountCall, settings.SlowDeadline);
        var count = source.CountDevices();
        guard.Leave(start);
        if (count < 0) return !devices.HasReachable; // nobody else would notice that the driver went
        if (count == _count) return false;
        var isFirst = _count == NotCounted;
        _count = count;
        return !isFirst;
    }

    private bool LostOneFound()
    {
        for (var ordinal = 0; ordinal < devices.Count; ordinal++)
        {
            if (!devices.IsWhole(ordinal) || (devices.IsReachable(ordinal) && devices.IsAnswering(ordinal)))
            {
                _isSilentButFound[ordinal] = false;
                continue;
            }

            var start = guard.Enter(devices.TagOf(ordinal), RefindCall, settings.SlowDeadline);
            var found = source.Refind(ordinal);
            guard.Leave(start);
            if (found && !devices.IsReachable(ordinal)) return true;

            // It had said that it must be reset, and now says nothing: either it was reset, which this session cannot see, or it has gone.
            if (!found && _isSilentButFound[ordinal]) return true;
            _isSilentButFound[ordinal] = found;
        }

        return false;
    }

    private bool IdentityChanged()
    {
        if (time.GetElapsedTime(_described) < settings.Inventory) return false;
        _described = time.GetTimestamp();
        for (var ordinal = 0; ordinal < devices.Count; ordinal++)
        {
            if (!devices.IsReachable(ordinal) || !devices.IsWhole(ordinal)) continue;

            // It may have been reset or replaced under this session, which then never hears of it again; one look in a period is worth a probe.
            if (!devices.IsAnswering(ordinal)) return true;
            var start = guard.Enter(devices.TagOf(ordinal), IdentityCall, settings.SlowDeadline);
            var hasChanged = source.HasIdentityChanged(ordinal);
            guard.Leave(start);
            if (devices.IsAnswering(ordinal) && hasChanged) return true;
        }

        return false;
    }
}
