namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetUtilizationRates;
    private NvmlGetPair _deviceGetEncoderUtilization;
    private NvmlGetPair _deviceGetDecoderUtilization;
    private NvmlGetPair _deviceGetJpgUtilization;
    private NvmlGetPair _deviceGetOfaUtilization;
    private NvmlGetSamples _deviceGetSamples;

    /// <summary>Percent over the driver's last window of 1/6 to 1 s; NotSupported while MIG is enabled.</summary>
    public NvmlReturn DeviceGetUtilizationRates(NvmlDevice device, out NvmlUtilization utilization) =>
        Get(_deviceGetUtilizationRates, device, out utilization);

    /// <summary>Percent, and the window that it holds for in µs; so also the three below.</summary>
    public NvmlReturn DeviceGetEncoderUtilization(NvmlDevice device, out uint percent, out uint samplingPeriodUs) =>
        Get(_deviceGetEncoderUtilization, device, out percent, out samplingPeriodUs);

    public NvmlReturn DeviceGetDecoderUtilization(NvmlDevice device, out uint percent, out uint samplingPeriodUs) =>
        Get(_deviceGetDecoderUtilization, device, out percent, out samplingPeriodUs);

    public NvmlReturn DeviceGetJpgUtilization(NvmlDevice device, out uint percent, out uint samplingPeriodUs) =>
        Get(_deviceGetJpgUtilization, device, out percent, out samplingPeriodUs);

    public NvmlReturn DeviceGetOfaUtilization(NvmlDevice device, out uint percent, out uint samplingPeriodUs) =>
        Get(_deviceGetOfaUtilization, device, out percent, out samplingPeriodUs);

    /// <summary>
    /// What the driver sampled by itself after a time in µs since the epoch. An empty span asks how many it keeps; NotFound: nothing
    /// is newer.
    /// </summary>
    /// <param name="device">The GPU.</param>
    /// <param name="type">What was sampled.</param>
    /// <param name="lastSeen">TimeStamp of the newest sample that the caller has, or 0.</param>
    /// <param name="samples">Filled.</param>
    /// <param name="valueType">Which member of each value holds.</param>
    /// <param name="count">How many there are.</param>
    public NvmlReturn DeviceGetSamples(
        NvmlDevice device, NvmlSamplingType type, ulong lastSeen, Span<NvmlSample> samples, out NvmlValueType valueType, out uint count)
    {
        valueType = default;
        count = 0;
        if (_deviceGetSamples is null) return NvmlReturn.FunctionNotFound;
        uint entered = (uint)samples.Length;
        NvmlReturn code;
        fixed (NvmlSample* p = samples)
        fixed (NvmlValueType* t = &valueType) code = _deviceGetSamples(device, type, lastSeen, t, &entered, p);
        count = Entered(code, entered);
        return code;
    }

    private void BindUtilization(NativeLibraryHandle library)
    {
        _deviceGetUtilizationRates = (NvmlGet)library.LightUp("nvmlDeviceGetUtilizationRates");
        _deviceGetEncoderUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetEncoderUtilization");
        _deviceGetDecoderUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetDecoderUtilization");
        _deviceGetJpgUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetJpgUtilization");
        _deviceGetOfaUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetOfaUtilization");
        _deviceGetSamples = (NvmlGetSamples)library.LightUp("nvmlDeviceGetSamples");
    }
}
