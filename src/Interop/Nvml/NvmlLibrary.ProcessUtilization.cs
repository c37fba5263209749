namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetSince _deviceGetProcessUtilization;
    private NvmlGet _deviceGetProcessesUtilizationInfo;

    /// <summary>
    /// A sample for each process that was busy after a time in µs since the epoch. InsufficientSize: <paramref name="count"/> is how
    /// many there may be; NotFound: none; NotSupported under MIG.
    /// </summary>
    /// <param name="device">The GPU.</param>
    /// <param name="lastSeen">TimeStamp of the newest sample that the caller has, or 0.</param>
    /// <param name="samples">Filled.</param>
    /// <param name="count">How many there are.</param>
    public NvmlReturn DeviceGetProcessUtilization(
        NvmlDevice device, ulong lastSeen, Span<NvmlProcessUtilizationSample> samples, out uint count)
    {
        count = 0;
        if (_deviceGetProcessUtilization is null) return NvmlReturn.FunctionNotFound;
        uint entered = (uint)samples.Length;
        NvmlReturn code;
        fixed (NvmlProcessUtilizationSample* p = samples) code = _deviceGetProcessUtilization(device, p, &entered, lastSeen);
        count = Entered(code, entered);
        return code;
    }

    /// <summary>The same with the JPEG and optical flow engines.</summary>
    public NvmlReturn DeviceGetProcessesUtilizationInfo(
        NvmlDevice device, ulong lastSeen, Span<NvmlProcessUtilizationInfo> samples, out uint count)
    {
        fixed (NvmlProcessUtilizationInfo* p = samples)
        {
            NvmlProcessesUtilizationInfo info = new()
            {
                Version = NvmlVersion.Of<NvmlProcessesUtilizationInfo>(1),
                ProcessSamplesCount = (uint)samples.Length,
                LastSeenTimeStamp = lastSeen,
                ProcUtilArray = (nint)p,
            };
            NvmlReturn code = Fill(_deviceGetProcessesUtilizationInfo, device, ref info);
            count = code is NvmlReturn.Success or NvmlReturn.InsufficientSize ? info.ProcessSamplesCount : 0;
            return code;
        }
    }

    private void BindProcessUtilization(NativeLibraryHandle library)
    {
        _deviceGetProcessUtilization = (NvmlGetSince)library.LightUp("nvmlDeviceGetProcessUtilization");
        _deviceGetProcessesUtilizationInfo = (NvmlGet)library.LightUp("nvmlDeviceGetProcessesUtilizationInfo");
    }
}
