namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetBy _deviceGetClockInfo;
    private NvmlGetBy _deviceGetMaxClockInfo;
    private NvmlGet _deviceGetCurrentClocksEventReasons;
    private NvmlGet _deviceGetSupportedClocksEventReasons;
    private NvmlGetBy _deviceGetViolationStatus;
    private NvmlGet _deviceGetPerformanceState;
    private NvmlGetByTwo _deviceGetClock;
    private NvmlGetBy _deviceGetApplicationsClock;
    private NvmlGetBy _deviceGetMaxCustomerBoostClock;
    private NvmlGet _deviceGetClkMonStatus;
    private NvmlGet _deviceGetDynamicPstatesInfo;

    /// <summary>MHz now.</summary>
    public NvmlReturn DeviceGetClockInfo(NvmlDevice device, NvmlClockType type, out uint megahertz) =>
        Get(_deviceGetClockInfo, device, (uint)type, out megahertz);

    public NvmlReturn DeviceGetMaxClockInfo(NvmlDevice device, NvmlClockType type, out uint megahertz) =>
        Get(_deviceGetMaxClockInfo, device, (uint)type, out megahertz);

    public NvmlReturn DeviceGetCurrentClocksEventReasons(NvmlDevice device, out NvmlClocksEventReasons reasons) =>
        Get(_deviceGetCurrentClocksEventReasons, device, out reasons);

    public NvmlReturn DeviceGetSupportedClocksEventReasons(NvmlDevice device, out NvmlClocksEventReasons reasons) =>
        Get(_deviceGetSupportedClocksEventReasons, device, out reasons);

    /// <summary>Time held back by one policy, ns, cumulative. Deprecated by NVML 13.0 in favour of the PERF_POLICY field values.</summary>
    public NvmlReturn DeviceGetViolationStatus(NvmlDevice device, NvmlPerfPolicyType policy, out NvmlViolationTime time) =>
        Get(_deviceGetViolationStatus, device, (uint)policy, out time);

    public NvmlReturn DeviceGetPerformanceState(NvmlDevice device, out NvmlPstates state) =>
        Get(_deviceGetPerformanceState, device, out state);

    public NvmlReturn DeviceGetClock(NvmlDevice device, NvmlClockType type, NvmlClockId id, out uint megahertz) =>
        Get(_deviceGetClock, device, (uint)type, (uint)id, out megahertz);

    /// <summary>MHz asked for. Deprecated by NVML 13.0.</summary>
    public NvmlReturn DeviceGetApplicationsClock(NvmlDevice device, NvmlClockType type, out uint megahertz) =>
        Get(_deviceGetApplicationsClock, device, (uint)type, out megahertz);

    public NvmlReturn DeviceGetMaxCustomerBoostClock(NvmlDevice device, NvmlClockType type, out uint megahertz) =>
        Get(_deviceGetMaxCustomerBoostClock, device, (uint)type, out megahertz);

    /// <summary>Clocks that their monitors found at fault.</summary>
    public NvmlReturn DeviceGetClkMonStatus(NvmlDevice device, out NvmlClkMonStatus status) =>
        Get(_deviceGetClkMonStatus, device, out status);

    public NvmlReturn DeviceGetDynamicPstatesInfo(NvmlDevice device, out NvmlGpuDynamicPstatesInfo info) =>
        Get(_deviceGetDynamicPstatesInfo, device, out info);

    private void BindClocks(NativeLibraryHandle library)
    {
        _deviceGetClockInfo = (NvmlGetBy)library.LightUp("nvmlDeviceGetClockInfo");
        _deviceGetMaxClockInfo = (NvmlGetBy)library.LightUp("nvmlDeviceGetMaxClockInfo");
        _deviceGetCurrentClocksEventReasons = (NvmlGet)library.LightUp(
            "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetCurrentClocksThrottleReasons");
        _deviceGetSupportedClocksEventReasons = (NvmlGet)library.LightUp(
            "nvmlDeviceGetSupportedClocksEventReasons", "nvmlDeviceGetSupportedClocksThrottleReasons");
        _deviceGetViolationStatus = (NvmlGetBy)library.LightUp("nvmlDeviceGetViolationStatus");
        _deviceGetPerformanceState = (NvmlGet)library.LightUp("nvmlDeviceGetPerformanceState");
        _deviceGetClock = (NvmlGetByTwo)library.LightUp("nvmlDeviceGetClock");
        _deviceGetApplicationsClock = (NvmlGetBy)library.LightUp("nvmlDeviceGetApplicationsClock");
        _deviceGetMaxCustomerBoostClock = (NvmlGetBy)library.LightUp("nvmlDeviceGetMaxCustomerBoostClock");
        _deviceGetClkMonStatus = (NvmlGet)library.LightUp("nvmlDeviceGetClkMonStatus");
        _deviceGetDynamicPstatesInfo = (NvmlGet)library.LightUp("nvmlDeviceGetDynamicPstatesInfo");
    }
}
