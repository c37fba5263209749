using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private const NvmlEventTypes Wanted = NvmlEventTypes.XidCriticalError | NvmlEventTypes.DoubleBitEccError;

    private static readonly byte[] EventsCall = CallSlots.Tag("register-events");

    private NvmlEventSet _events;
    private bool _hasEvents;

    public EventWait WaitForEvent(TimeSpan timeout, out EventFrame? announced)
    {
        announced = null;
        if (!_hasEvents) return EventWait.NotSupported;
        var code = Library.EventSetWait(_events, out var data, (uint)timeout.TotalMilliseconds);
        if (code == NvmlReturn.Timeout) return EventWait.Quiet;
        if (code != NvmlReturn.Success) return EventWait.Failed; // code 15 comes back at once, again and again
        announced = Describe(data);
        return announced is null ? EventWait.Quiet : EventWait.Announced;
    }

    private void CreateEventSet(CallGuard guard)
    {
        var refused = new HashSet<NvmlTarget>();
        while (TryCreate(guard) && !TryRegister(refused, guard))
        {
            // nvml.h: after an unknown error the set is undefined and must be freed. The others get a new one.
            var start = guard.Enter(CallGuard.NoDevice, EventsCall, settings.SlowDeadline);
            _ = Library.EventSetFree(_events);
            guard.Leave(start);
        }
    }

    private bool TryCreate(CallGuard guard)
    {
        var start = guard.Enter(CallGuard.NoDevice, EventsCall, settings.SlowDeadline);
        var code = Library.EventSetCreate(out _events);
        guard.Leave(start);
        _hasEvents = false;
        return code == NvmlReturn.Success;
    }

    /// <summary>Registers every card that was not refused before; false when one spoilt the set.</summary>
    private bool TryRegister(HashSet<NvmlTarget> refused, CallGuard guard)
    {
        foreach (var target in _targets.Where(target => target.Absence == NoDataReason.None && !refused.Contains(target)))
        {
            var start = guard.Enter(CallSlots.Tag(target.PciAddress), EventsCall, settings.SlowDeadline);
            var code = Register(target);
            guard.Leave(start);
            _hasEvents |= code == NvmlReturn.Success;
            if (code == NvmlReturn.Unknown) return !refused.Add(target);
        }

        return true;
    }

    private NvmlReturn Register(NvmlTarget target)
    {
        var code = Library.DeviceGetSupportedEventTypes(target.Handle, out var supported);
        if (code != NvmlReturn.Success) return code == NvmlReturn.Unknown ? NvmlReturn.NotSupported : code; // the set was not touched
        var types = supported & Wanted;
        return types == NvmlEventTypes.None ? NvmlReturn.NotSupported : Library.DeviceRegisterEvents(target.Handle, types, _events);
    }

    private EventFrame? Describe(NvmlEventData data)
    {
        var index = Array.FindIndex(_targets, target => target.Handle == data.Device);
        var ordinal = index < 0 ? EventFrame.NoDevice : (ushort)index;
        var ticks = TimeProvider.System.GetUtcNow().UtcTicks;
        if ((data.EventType & NvmlEventTypes.XidCriticalError) != NvmlEventTypes.None)
            return new EventFrame(ordinal, HealthEventKind.DriverError, (long)data.EventData, ticks, $"Xid {data.EventData}");
        return (data.EventType & NvmlEventTypes.DoubleBitEccError) != NvmlEventTypes.None
            ? new EventFrame(ordinal, HealthEventKind.UncorrectableMemoryError, 0, ticks, "uncorrectable memory error announced by the driver")
            : null;
    }
}
