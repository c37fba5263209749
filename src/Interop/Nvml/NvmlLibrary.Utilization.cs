namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetUtilizationRates;
    private NvmlGetPair _deviceGetEncoderUtilization;
    private NvmlGetPair _deviceGetDecoderUtilization;
    private NvmlGetPair _deviceGetJpgUtilization;
    private NvmlGetPair _deviceGetOfaUtilization;

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

    private void BindUtilization(NativeLibraryHandle library)
    {
        _deviceGetUtilizationRates = (NvmlGet)library.LightUp("nvmlDeviceGetUtilizationRates");
        _deviceGetEncoderUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetEncoderUtilization");
        _deviceGetDecoderUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetDecoderUtilization");
        _deviceGetJpgUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetJpgUtilization");
        _deviceGetOfaUtilization = (NvmlGetPair)library.LightUp("nvmlDeviceGetOfaUtilization");
    }
}
