namespace Forewarn.Interop.Nvml;

// Events of the driver and not of one GPU: bound to a GPU and unbound.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGlobalGet _systemEventSetCreate;
    private NvmlGlobalGet _systemEventSetFree;
    private NvmlGlobalGet _systemRegisterEvents;
    private NvmlGlobalGet _systemEventSetWait;

    public NvmlReturn SystemEventSetCreate(out NvmlSystemEventSet set)
    {
        NvmlSystemEventSetCreateRequest request = new() { Version = NvmlVersion.Of<NvmlSystemEventSetCreateRequest>(1) };
        NvmlReturn code = Fill(_systemEventSetCreate, ref request);
        set = request.Set;
        return code;
    }

    /// <summary>Never while another thread waits on the set.</summary>
    public NvmlReturn SystemEventSetFree(NvmlSystemEventSet set)
    {
        NvmlSystemEventSetFreeRequest request = new() { Version = NvmlVersion.Of<NvmlSystemEventSetFreeRequest>(1), Set = set };
        return Fill(_systemEventSetFree, ref request);
    }

    /// <summary>Only later events reach the set.</summary>
    public NvmlReturn SystemRegisterEvents(NvmlSystemEventTypes types, NvmlSystemEventSet set)
    {
        NvmlSystemRegisterEventRequest request = new()
        {
            Version = NvmlVersion.Of<NvmlSystemRegisterEventRequest>(1),
            EventTypes = types,
            Set = set,
        };
        return Fill(_systemRegisterEvents, ref request);
    }

    /// <summary>Timeout, or events; when they fill the span there may be more.</summary>
    public NvmlReturn SystemEventSetWait(NvmlSystemEventSet set, Span<NvmlSystemEventData> events, uint timeoutMs, out uint count)
    {
        fixed (NvmlSystemEventData* p = events)
        {
            NvmlSystemEventSetWaitRequest request = new()
            {
                Version = NvmlVersion.Of<NvmlSystemEventSetWaitRequest>(1),
                TimeoutMs = timeoutMs,
                Set = set,
                Data = (nint)p,
                DataSize = (uint)events.Length,
            };
            NvmlReturn code = Fill(_systemEventSetWait, ref request);
            count = request.NumEvent;
            return code;
        }
    }

    private void BindSystemEvents(NativeLibraryHandle library)
    {
        _systemEventSetCreate = (NvmlGlobalGet)library.LightUp("nvmlSystemEventSetCreate");
        _systemEventSetFree = (NvmlGlobalGet)library.LightUp("nvmlSystemEventSetFree");
        _systemRegisterEvents = (NvmlGlobalGet)library.LightUp("nvmlSystemRegisterEvents");
        _systemEventSetWait = (NvmlGlobalGet)library.LightUp("nvmlSystemEventSetWait");
    }
}
