namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetPair _deviceGetMigMode;
    private NvmlGet _deviceGetMaxMigDeviceCount;

    /// <summary>0 or 1 now, and after the next reset; NotSupported by a GPU without MIG.</summary>
    public NvmlReturn DeviceGetMigMode(NvmlDevice device, out NvmlEnableState current, out NvmlEnableState pending) =>
        Get(_deviceGetMigMode, device, out current, out pending);

    public NvmlReturn DeviceGetMaxMigDeviceCount(NvmlDevice device, out uint count) => Get(_deviceGetMaxMigDeviceCount, device, out count);

    private void BindMig(NativeLibraryHandle library)
    {
        _deviceGetMigMode = (NvmlGetPair)library.LightUp("nvmlDeviceGetMigMode");
        _deviceGetMaxMigDeviceCount = (NvmlGet)library.LightUp("nvmlDeviceGetMaxMigDeviceCount");
    }
}
