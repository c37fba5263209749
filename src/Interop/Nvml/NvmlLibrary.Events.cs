namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGlobalGet _eventSetCreate;
    private NvmlFreeEventSet _eventSetFree;
    private NvmlGet _deviceGetSupportedEventTypes;
    private NvmlRegisterEvents _deviceRegisterEvents;
    private NvmlWaitForEvent _eventSetWait;
    private NvmlWaitForEvent _eventSetWaitOlder;

    public NvmlReturn EventSetCreate(out NvmlEventSet set) => Get(_eventSetCreate, out set);

    /// <summary>Never while another thread waits on the set.</summary>
    public NvmlReturn EventSetFree(NvmlEventSet set) => _eventSetFree is null ? NvmlReturn.FunctionNotFound : _eventSetFree(set);

    public NvmlReturn DeviceGetSupportedEventTypes(NvmlDevice device, out NvmlEventTypes types) =>
        Get(_deviceGetSupportedEventTypes, device, out types);

    /// <summary>Only later events reach the set. NotSupported: nothing was registered; Unknown: the set must be freed.</summary>
    public NvmlReturn DeviceRegisterEvents(NvmlDevice device, NvmlEventTypes types, NvmlEventSet set) =>
        _deviceRegisterEvents is null ? NvmlReturn.FunctionNotFound : _deviceRegisterEvents(device, types, set);

    /// <summary>
    /// One event, or Timeout, perhaps early. GpuIsLost comes at once and each time: back off. A driver whose newer form answers that it has no such thing
    /// is asked by the older one from then on, as DCGM does.
    /// </summary>
    public NvmlReturn EventSetWait(NvmlEventSet set, out NvmlEventData data, uint timeoutMs)
    {
        // The form before driver 450 fills the first 24 bytes only and leaves the MIG instances as we set them: none.
        data = new() { GpuInstanceId = uint.MaxValue, ComputeInstanceId = uint.MaxValue };
        if (_eventSetWait is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlEventData* p = &data)
        {
            NvmlReturn code = _eventSetWait(set, p, timeoutMs);
            if (code is not (NvmlReturn.FunctionNotFound or NvmlReturn.NotSupported) || _eventSetWaitOlder is null) return code;
            _eventSetWait = _eventSetWaitOlder;
            _eventSetWaitOlder = null;
            return _eventSetWait(set, p, timeoutMs);
        }
    }

    private void BindEvents(NativeLibraryHandle library)
    {
        _eventSetCreate = (NvmlGlobalGet)library.LightUp("nvmlEventSetCreate");
        _eventSetFree = (NvmlFreeEventSet)library.LightUp("nvmlEventSetFree");
        _deviceGetSupportedEventTypes = (NvmlGet)library.LightUp("nvmlDeviceGetSupportedEventTypes");
        _deviceRegisterEvents = (NvmlRegisterEvents)library.LightUp("nvmlDeviceRegisterEvents");
        _eventSetWait = (NvmlWaitForEvent)library.LightUp("nvmlEventSetWait_v2", "nvmlEventSetWait");
        _eventSetWaitOlder = (NvmlWaitForEvent)library.StandIn("nvmlEventSetWait");
    }
}
