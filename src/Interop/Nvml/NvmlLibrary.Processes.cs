namespace Forewarn.Interop.Nvml;

// The three lists take the driver's version, since one symbol has entries of two sizes; whatever the library writes, the caller
// reads NvmlProcessInfo. InsufficientSize says how long the span must be; more may have come when it is called again, so leave
// spare room. Empty spans ask for the number alone.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetList _deviceGetComputeRunningProcesses;
    private NvmlGetList _deviceGetComputeRunningProcessesV1;
    private NvmlGetList _deviceGetGraphicsRunningProcesses;
    private NvmlGetList _deviceGetGraphicsRunningProcessesV1;
    private NvmlGetList _deviceGetMPSComputeRunningProcesses;
    private NvmlGetList _deviceGetMPSComputeRunningProcessesV1;
    private NvmlGet _deviceGetRunningProcessDetailList;
    private NvmlGlobalTextBy _systemGetProcessName;

    /// <summary>Processes with a CUDA context. The list of a whole GPU under MIG is for root alone.</summary>
    public NvmlReturn DeviceGetComputeRunningProcesses(
        NvmlDevice device, NvmlDriverVersion driver, Span<NvmlProcessInfo> processes, out uint count) =>
        Processes(_deviceGetComputeRunningProcesses, _deviceGetComputeRunningProcessesV1, device, driver, processes, out count);

    /// <summary>Processes that draw.</summary>
    public NvmlReturn DeviceGetGraphicsRunningProcesses(
        NvmlDevice device, NvmlDriverVersion driver, Span<NvmlProcessInfo> processes, out uint count) =>
        Processes(_deviceGetGraphicsRunningProcesses, _deviceGetGraphicsRunningProcessesV1, device, driver, processes, out count);

    /// <summary>Processes that compute through the multi-process service.</summary>
    public NvmlReturn DeviceGetMPSComputeRunningProcesses(
        NvmlDevice device, NvmlDriverVersion driver, Span<NvmlProcessInfo> processes, out uint count) =>
        Processes(_deviceGetMPSComputeRunningProcesses, _deviceGetMPSComputeRunningProcessesV1, device, driver, processes, out count);

    /// <summary>Processes with their protected memory. InsufficientSize: <paramref name="count"/> is how many there are.</summary>
    public NvmlReturn DeviceGetRunningProcessDetailList(
        NvmlDevice device, NvmlProcessMode mode, Span<NvmlProcessDetail> processes, out uint count)
    {
        fixed (NvmlProcessDetail* p = processes)
        {
            NvmlProcessDetailList list = new()
            {
                Version = NvmlVersion.Of<NvmlProcessDetailList>(1),
                Mode = mode,
                NumProcArrayEntries = (uint)processes.Length,
                ProcArray = (nint)p,
            };
            NvmlReturn code = Fill(_deviceGetRunningProcessDetailList, device, ref list);
            count = code is NvmlReturn.Success or NvmlReturn.InsufficientSize ? list.NumProcArrayEntries : 0;
            return code;
        }
    }

    /// <summary>The path by which a process was started, with the NUL in the buffer's length.</summary>
    public NvmlReturn SystemGetProcessName(uint pid, Span<byte> name, out int length)
    {
        length = 0;
        if (_systemGetProcessName is null) return NvmlReturn.FunctionNotFound;
        NvmlReturn code;
        fixed (byte* p = name) code = _systemGetProcessName(pid, p, (uint)name.Length);
        if (code == NvmlReturn.Success) length = AsciiText.Length(name);
        return code;
    }

    private static NvmlReturn Processes(
        NvmlGetList newer, NvmlGetList oldest, NvmlDevice device, NvmlDriverVersion driver, Span<NvmlProcessInfo> processes, out uint count)
    {
        bool wide = newer is not null && NvmlProcessEntries.AreWide(driver);
        uint room = wide ? NvmlProcessEntries.WideThatFit(processes.Length) : (uint)processes.Length;
        NvmlGetList call = newer is not null ? newer : oldest;
        count = 0;
        if (call is null) return NvmlReturn.FunctionNotFound;
        uint there = room;
        NvmlReturn code;
        fixed (NvmlProcessInfo* p = processes) code = call(device, &there, room == 0 ? null : p);
        if (code is NvmlReturn.InsufficientSize) count = wide ? NvmlProcessEntries.RoomForWide(there) : there;
        if (code is not NvmlReturn.Success) return code;

        count = Math.Min(there, room);
        if (wide) NvmlProcessEntries.Narrow(processes, count);
        if (newer is null) NvmlProcessEntries.Widen(processes, count);
        return code;
    }

    private void BindProcesses(NativeLibraryHandle library)
    {
        _deviceGetComputeRunningProcesses = (NvmlGetList)library.LightUp(
            "nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetComputeRunningProcesses_v2");
        _deviceGetComputeRunningProcessesV1 = (NvmlGetList)library.LightUp("nvmlDeviceGetComputeRunningProcesses");
        _deviceGetGraphicsRunningProcesses = (NvmlGetList)library.LightUp(
            "nvmlDeviceGetGraphicsRunningProcesses_v3", "nvmlDeviceGetGraphicsRunningProcesses_v2");
        _deviceGetGraphicsRunningProcessesV1 = (NvmlGetList)library.LightUp("nvmlDeviceGetGraphicsRunningProcesses");
        _deviceGetMPSComputeRunningProcesses = (NvmlGetList)library.LightUp(
            "nvmlDeviceGetMPSComputeRunningProcesses_v3", "nvmlDeviceGetMPSComputeRunningProcesses_v2");
        _deviceGetMPSComputeRunningProcessesV1 = (NvmlGetList)library.LightUp("nvmlDeviceGetMPSComputeRunningProcesses");
        _deviceGetRunningProcessDetailList = (NvmlGet)library.LightUp("nvmlDeviceGetRunningProcessDetailList");
        _systemGetProcessName = (NvmlGlobalTextBy)library.LightUp("nvmlSystemGetProcessName");
    }
}
