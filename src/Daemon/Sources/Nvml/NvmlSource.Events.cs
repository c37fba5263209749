using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    private const NvmlEventTypes Wanted = NvmlEventTypes.XidCriticalError | NvmlEventTypes.DoubleBitEccError;

    private static readonly byte[] RegisterCall = CallSlots.Tag("register-events");

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
        var start = guard.Enter(CallGuard.NoDevice, RegisterCall, settings.StartDeadline);
        var code = Library.EventSetCreate(out _events);
        guard.Leave(start);
        if (code != NvmlReturn.Success) return;
        foreach (var target in _targets.Where(target => target.Absence == NoDataReason.None))
        {
            start = guard.Enter(CallSlots.Tag(target.PciAddress), RegisterCall, settings.StartDeadline);
            _hasEvents |= Register(target.Handle);
            guard.Leave(start);
        }
    }

    private bool Register(NvmlDevice device)
        => Library.DeviceGetSupportedEventTypes(device, out var supported) == NvmlReturn.Success
            && (supported & Wanted) != NvmlEventTypes.None
            && Library.DeviceRegisterEvents(device, supported & Wanted, _events) == NvmlReturn.Success;

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
