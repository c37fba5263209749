using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>
    /// What each event is told as, the more telling first should two bits ever come together. Not asked for: single corrected errors, changes of
    /// clocks and of the performance state (0x1, 0x4, 0x10), which come by the thousand and are read as signals.
    /// </summary>
    private static readonly (NvmlEventTypes Type, HealthEventKind Kind, string Text)[] Kinds =
    [
        (NvmlEventTypes.XidCriticalError, HealthEventKind.DriverError, "Xid"),
        (NvmlEventTypes.GpuRecoveryAction, HealthEventKind.RecoveryAdvised, "the driver's advice for the card changed; forewarn_device_recovery_action has it"),
        (NvmlEventTypes.GpuUnavailableError, HealthEventKind.DeviceUnavailable, "the driver says that the card is unavailable"),
        (NvmlEventTypes.FatalPoisonError, HealthEventKind.PoisonUncontained, "poisoned data was met and not contained"),
        (NvmlEventTypes.NonFatalPoisonError, HealthEventKind.PoisonContained, "poisoned data was met and contained"),
        (NvmlEventTypes.DramRetirementFailure, HealthEventKind.MemoryRetirementFailed, "memory could not be taken out of use"),
        (NvmlEventTypes.DramRetirementEvent, HealthEventKind.MemoryRetired, "memory was taken out of use"),
        (NvmlEventTypes.DoubleBitEccError, HealthEventKind.UncorrectableMemoryError, "uncorrectable memory error announced by the driver"),
        (NvmlEventTypes.SingleBitEccErrorStorm, HealthEventKind.CorrectedMemoryErrorStorm, "a storm of corrected memory errors"),
        (NvmlEventTypes.MigConfigChange, HealthEventKind.PartitionsChanged, "the card was cut into other parts (MIG)"),
        (NvmlEventTypes.PowerSourceChange, HealthEventKind.PowerSourceChanged, "the card's power source changed"),
    ];

    private static readonly NvmlEventTypes Wanted = Kinds.Aggregate(NvmlEventTypes.None, (all, row) => all | row.Type);

    /// <summary>nvml.h: the instance of an event that is of the whole card.</summary>
    private const uint NoInstance = uint.MaxValue;

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
        foreach (var target in _targets.Where(target => target.Parent is null && target.Absence == NoDataReason.None && !refused.Contains(target)))
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
        var ticks = time.GetUtcNow().UtcTicks;
        foreach (var (type, kind, text) in Kinds)
        {
            if ((data.EventType & type) == NvmlEventTypes.None) continue;
            var code = (long)data.EventData;
            return new EventFrame(ordinal, kind, code, ticks, kind == HealthEventKind.DriverError ? $"Xid {code}{PartOf(data)}" : text);
        }

        return null;
    }

    /// <summary>Of an Xid on a partitioned card the driver says in which part, where it may.</summary>
    private static string PartOf(NvmlEventData data)
        => data.GpuInstanceId == NoInstance ? "" : $" in GPU instance {data.GpuInstanceId}, compute instance {data.ComputeInstanceId}";
}
