namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetPair _deviceGetMigMode;
    private NvmlGet _deviceGetMaxMigDeviceCount;
    private NvmlGetBy _deviceGetMigDeviceHandleByIndex;
    private NvmlGet _deviceIsMigDeviceHandle;
    private NvmlGet _deviceGetDeviceHandleFromMigDeviceHandle;
    private NvmlGet _deviceGetGpuInstanceId;
    private NvmlGet _deviceGetComputeInstanceId;
    private NvmlGet _deviceGetAttributes;

    /// <summary>0 or 1 now, and after the next reset; NotSupported by a GPU without MIG.</summary>
    public NvmlReturn DeviceGetMigMode(NvmlDevice device, out NvmlEnableState current, out NvmlEnableState pending) =>
        Get(_deviceGetMigMode, device, out current, out pending);

    public NvmlReturn DeviceGetMaxMigDeviceCount(NvmlDevice device, out uint count) => Get(_deviceGetMaxMigDeviceCount, device, out count);

    /// <summary>
    /// Indices have holes: NotFound at one of them says nothing of the next, up to the highest count. The handle dies with its
    /// instance.
    /// </summary>
    public NvmlReturn DeviceGetMigDeviceHandleByIndex(NvmlDevice device, uint index, out NvmlDevice migDevice) =>
        Get(_deviceGetMigDeviceHandleByIndex, device, index, out migDevice);

    /// <summary>1 for the handle of a MIG device, 0 for that of a GPU.</summary>
    public NvmlReturn DeviceIsMigDeviceHandle(NvmlDevice device, out uint isMigDevice) =>
        Get(_deviceIsMigDeviceHandle, device, out isMigDevice);

    /// <summary>The whole GPU that a MIG device is a part of.</summary>
    public NvmlReturn DeviceGetDeviceHandleFromMigDeviceHandle(NvmlDevice migDevice, out NvmlDevice device) =>
        Get(_deviceGetDeviceHandleFromMigDeviceHandle, migDevice, out device);

    /// <summary>Of a MIG device.</summary>
    public NvmlReturn DeviceGetGpuInstanceId(NvmlDevice migDevice, out uint id) => Get(_deviceGetGpuInstanceId, migDevice, out id);

    /// <summary>Of a MIG device.</summary>
    public NvmlReturn DeviceGetComputeInstanceId(NvmlDevice migDevice, out uint id) => Get(_deviceGetComputeInstanceId, migDevice, out id);

    /// <summary>What a MIG device has of its GPU.</summary>
    public NvmlReturn DeviceGetAttributes(NvmlDevice migDevice, out NvmlDeviceAttributes attributes) =>
        Get(_deviceGetAttributes, migDevice, out attributes);

    private void BindMig(NativeLibraryHandle library)
    {
        _deviceGetMigMode = (NvmlGetPair)library.LightUp("nvmlDeviceGetMigMode");
        _deviceGetMaxMigDeviceCount = (NvmlGet)library.LightUp("nvmlDeviceGetMaxMigDeviceCount");
        _deviceGetMigDeviceHandleByIndex = (NvmlGetBy)library.LightUp("nvmlDeviceGetMigDeviceHandleByIndex");
        _deviceIsMigDeviceHandle = (NvmlGet)library.LightUp("nvmlDeviceIsMigDeviceHandle");
        _deviceGetDeviceHandleFromMigDeviceHandle = (NvmlGet)library.LightUp("nvmlDeviceGetDeviceHandleFromMigDeviceHandle");
        _deviceGetGpuInstanceId = (NvmlGet)library.LightUp("nvmlDeviceGetGpuInstanceId");
        _deviceGetComputeInstanceId = (NvmlGet)library.LightUp("nvmlDeviceGetComputeInstanceId");
        _deviceGetAttributes = (NvmlGet)library.LightUp("nvmlDeviceGetAttributes_v2");
    }
}
