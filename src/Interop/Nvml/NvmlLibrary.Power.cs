namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetPowerUsage;
    private NvmlGet _deviceGetEnforcedPowerLimit;
    private NvmlGet _deviceGetPowerManagementLimit;
    private NvmlGet _deviceGetPowerManagementDefaultLimit;
    private NvmlGetPair _deviceGetPowerManagementLimitConstraints;
    private NvmlGet _deviceGetTotalEnergyConsumption;
    private NvmlGet _deviceGetPowerManagementMode;
    private NvmlGet _deviceGetPowerSource;
    private NvmlGet _deviceWorkloadPowerProfileGetCurrentProfiles;

    /// <summary>mW; a mean over 1 s from Ampere on, GA100 excepted, else of the instant.</summary>
    public NvmlReturn DeviceGetPowerUsage(NvmlDevice device, out uint milliwatts) => Get(_deviceGetPowerUsage, device, out milliwatts);

    /// <summary>mW; the limit in effect, set in band or out of band.</summary>
    public NvmlReturn DeviceGetEnforcedPowerLimit(NvmlDevice device, out uint milliwatts) =>
        Get(_deviceGetEnforcedPowerLimit, device, out milliwatts);

    /// <summary>mW; the limit that was asked for.</summary>
    public NvmlReturn DeviceGetPowerManagementLimit(NvmlDevice device, out uint milliwatts) =>
        Get(_deviceGetPowerManagementLimit, device, out milliwatts);

    public NvmlReturn DeviceGetPowerManagementDefaultLimit(NvmlDevice device, out uint milliwatts) =>
        Get(_deviceGetPowerManagementDefaultLimit, device, out milliwatts);

    public NvmlReturn DeviceGetPowerManagementLimitConstraints(NvmlDevice device, out uint minMilliwatts, out uint maxMilliwatts) =>
        Get(_deviceGetPowerManagementLimitConstraints, device, out minMilliwatts, out maxMilliwatts);

    /// <summary>mJ since the driver was loaded.</summary>
    public NvmlReturn DeviceGetTotalEnergyConsumption(NvmlDevice device, out ulong millijoules) =>
        Get(_deviceGetTotalEnergyConsumption, device, out millijoules);

    /// <summary>Disabled: the power functions are not supported.</summary>
    public NvmlReturn DeviceGetPowerManagementMode(NvmlDevice device, out NvmlEnableState mode) =>
        Get(_deviceGetPowerManagementMode, device, out mode);

    public NvmlReturn DeviceGetPowerSource(NvmlDevice device, out NvmlPowerSource source) => Get(_deviceGetPowerSource, device, out source);

    public NvmlReturn DeviceWorkloadPowerProfileGetCurrentProfiles(NvmlDevice device, out NvmlWorkloadPowerProfileCurrentProfiles profiles)
    {
        profiles = new() { Version = NvmlVersion.Of<NvmlWorkloadPowerProfileCurrentProfiles>(1) };
        return Fill(_deviceWorkloadPowerProfileGetCurrentProfiles, device, ref profiles);
    }

    private void BindPower(NativeLibraryHandle library)
    {
        _deviceGetPowerUsage = (NvmlGet)library.LightUp("nvmlDeviceGetPowerUsage");
        _deviceGetEnforcedPowerLimit = (NvmlGet)library.LightUp("nvmlDeviceGetEnforcedPowerLimit");
        _deviceGetPowerManagementLimit = (NvmlGet)library.LightUp("nvmlDeviceGetPowerManagementLimit");
        _deviceGetPowerManagementDefaultLimit = (NvmlGet)library.LightUp("nvmlDeviceGetPowerManagementDefaultLimit");
        _deviceGetPowerManagementLimitConstraints = (NvmlGetPair)library.LightUp("nvmlDeviceGetPowerManagementLimitConstraints");
        _deviceGetTotalEnergyConsumption = (NvmlGet)library.LightUp("nvmlDeviceGetTotalEnergyConsumption");
        _deviceGetPowerManagementMode = (NvmlGet)library.LightUp("nvmlDeviceGetPowerManagementMode");
        _deviceGetPowerSource = (NvmlGet)library.LightUp("nvmlDeviceGetPowerSource");
        _deviceWorkloadPowerProfileGetCurrentProfiles =
            (NvmlGet)library.LightUp("nvmlDeviceWorkloadPowerProfileGetCurrentProfiles");
    }
}
