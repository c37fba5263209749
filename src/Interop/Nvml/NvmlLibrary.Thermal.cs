namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetBy _deviceGetTemperature;
    private NvmlGet _deviceGetTemperatureV;
    private NvmlGetBy _deviceGetTemperatureThreshold;
    private NvmlGet _deviceGetMarginTemperature;
    private NvmlGetBy _deviceGetThermalSettings;

    /// <summary>°C. Deprecated by NVML 13.0 in favour of the V form, still exported.</summary>
    public NvmlReturn DeviceGetTemperature(NvmlDevice device, NvmlTemperatureSensors sensor, out uint celsius) =>
        Get(_deviceGetTemperature, device, (uint)sensor, out celsius);

    public NvmlReturn DeviceGetTemperatureV(NvmlDevice device, NvmlTemperatureSensors sensor, out NvmlTemperature temperature)
    {
        temperature = new() { Version = NvmlVersion.Of<NvmlTemperature>(1), SensorType = sensor };
        return Fill(_deviceGetTemperatureV, device, ref temperature);
    }

    /// <summary>°C; from Ada on the T.Limit field values say more.</summary>
    public NvmlReturn DeviceGetTemperatureThreshold(NvmlDevice device, NvmlTemperatureThresholds threshold, out uint celsius) =>
        Get(_deviceGetTemperatureThreshold, device, (uint)threshold, out celsius);

    public NvmlReturn DeviceGetMarginTemperature(NvmlDevice device, out NvmlMarginTemperature margin)
    {
        margin = new() { Version = NvmlVersion.Of<NvmlMarginTemperature>(1) };
        return Fill(_deviceGetMarginTemperature, device, ref margin);
    }

    /// <summary>One sensor by its index, or all of them by 15 (NVML_THERMAL_TARGET_ALL).</summary>
    public NvmlReturn DeviceGetThermalSettings(NvmlDevice device, uint sensor, out NvmlGpuThermalSettings settings) =>
        Get(_deviceGetThermalSettings, device, sensor, out settings);

    private void BindThermal(NativeLibraryHandle library)
    {
        _deviceGetTemperature = (NvmlGetBy)library.LightUp("nvmlDeviceGetTemperature");
        _deviceGetTemperatureV = (NvmlGet)library.LightUp("nvmlDeviceGetTemperatureV");
        _deviceGetTemperatureThreshold = (NvmlGetBy)library.LightUp("nvmlDeviceGetTemperatureThreshold");
        _deviceGetMarginTemperature = (NvmlGet)library.LightUp("nvmlDeviceGetMarginTemperature");
        _deviceGetThermalSettings = (NvmlGetBy)library.LightUp("nvmlDeviceGetThermalSettings");
    }
}
