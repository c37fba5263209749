namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetNumFans;
    private NvmlGet _deviceGetFanSpeed;
    private NvmlGetBy _deviceGetFanSpeedOfOne;
    private NvmlGet _deviceGetFanSpeedRPM;
    private NvmlGetBy _deviceGetTargetFanSpeed;

    public NvmlReturn DeviceGetNumFans(NvmlDevice device, out uint count) => Get(_deviceGetNumFans, device, out count);

    /// <summary>
    /// Percent of the full speed, intended and not measured, sometimes above 100; NotSupported where the chassis cools.
    /// </summary>
    public NvmlReturn DeviceGetFanSpeed(NvmlDevice device, out uint percent) => Get(_deviceGetFanSpeed, device, out percent);

    /// <summary>The same for one fan.</summary>
    public NvmlReturn DeviceGetFanSpeed(NvmlDevice device, uint fan, out uint percent) =>
        Get(_deviceGetFanSpeedOfOne, device, fan, out percent);

    /// <summary>Revolutions a minute.</summary>
    public NvmlReturn DeviceGetFanSpeedRPM(NvmlDevice device, uint fan, out NvmlFanSpeedInfo speed)
    {
        speed = new() { Version = NvmlVersion.Of<NvmlFanSpeedInfo>(1), Fan = fan };
        return Fill(_deviceGetFanSpeedRPM, device, ref speed);
    }

    /// <summary>Percent that the fan is told to reach.</summary>
    public NvmlReturn DeviceGetTargetFanSpeed(NvmlDevice device, uint fan, out uint percent) =>
        Get(_deviceGetTargetFanSpeed, device, fan, out percent);

    private void BindFans(NativeLibraryHandle library)
    {
        _deviceGetNumFans = (NvmlGet)library.LightUp("nvmlDeviceGetNumFans");
        _deviceGetFanSpeed = (NvmlGet)library.LightUp("nvmlDeviceGetFanSpeed");
        _deviceGetFanSpeedOfOne = (NvmlGetBy)library.LightUp("nvmlDeviceGetFanSpeed_v2");
        _deviceGetFanSpeedRPM = (NvmlGet)library.LightUp("nvmlDeviceGetFanSpeedRPM");
        _deviceGetTargetFanSpeed = (NvmlGetBy)library.LightUp("nvmlDeviceGetTargetFanSpeed");
    }
}
