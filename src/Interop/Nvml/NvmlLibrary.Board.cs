namespace Forewarn.Interop.Nvml;

// What the board and its place in the machine are; see NvmlLibrary.Identity.cs for what names a GPU.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetBoardId;
    private NvmlGet _deviceGetMultiGpuBoard;
    private NvmlGet _deviceGetVirtualizationMode;
    private NvmlGet _deviceGetMemoryBusWidth;
    private NvmlGet _deviceGetNumGpuCores;
    private NvmlGet _deviceGetIrqNum;
    private NvmlGet _deviceGetPlatformInfo;
    private NvmlGet _deviceGetPdi;
    private NvmlGet _deviceGetCapabilities;
    private NvmlGet _deviceGetAddressingMode;
    private NvmlGet _deviceGetHostname;

    /// <summary>The same for GPUs behind one PCIe switch of a board; another after a restart.</summary>
    public NvmlReturn DeviceGetBoardId(NvmlDevice device, out uint boardId) => Get(_deviceGetBoardId, device, out boardId);

    /// <summary>0 or 1.</summary>
    public NvmlReturn DeviceGetMultiGpuBoard(NvmlDevice device, out uint isMultiGpu) =>
        Get(_deviceGetMultiGpuBoard, device, out isMultiGpu);

    public NvmlReturn DeviceGetVirtualizationMode(NvmlDevice device, out NvmlGpuVirtualizationMode mode) =>
        Get(_deviceGetVirtualizationMode, device, out mode);

    public NvmlReturn DeviceGetMemoryBusWidth(NvmlDevice device, out uint bits) => Get(_deviceGetMemoryBusWidth, device, out bits);

    /// <summary>CUDA cores.</summary>
    public NvmlReturn DeviceGetNumGpuCores(NvmlDevice device, out uint cores) => Get(_deviceGetNumGpuCores, device, out cores);

    public NvmlReturn DeviceGetIrqNum(NvmlDevice device, out uint irq) => Get(_deviceGetIrqNum, device, out irq);

    /// <summary>What driver 565 knows; newer ones may answer ArgumentVersionMismatch.</summary>
    public NvmlReturn DeviceGetPlatformInfo(NvmlDevice device, out NvmlPlatformInfoV1 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlPlatformInfoV1>(1) };
        return Fill(_deviceGetPlatformInfo, device, ref info);
    }

    /// <summary>Known from driver 570 on.</summary>
    public NvmlReturn DeviceGetPlatformInfo(NvmlDevice device, out NvmlPlatformInfoV2 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlPlatformInfoV2>(2) };
        return Fill(_deviceGetPlatformInfo, device, ref info);
    }

    public NvmlReturn DeviceGetPdi(NvmlDevice device, out NvmlPdi pdi)
    {
        pdi = new() { Version = NvmlVersion.Of<NvmlPdi>(1) };
        return Fill(_deviceGetPdi, device, ref pdi);
    }

    public NvmlReturn DeviceGetCapabilities(NvmlDevice device, out NvmlDeviceCapabilities capabilities)
    {
        capabilities = new() { Version = NvmlVersion.Of<NvmlDeviceCapabilities>(1) };
        return Fill(_deviceGetCapabilities, device, ref capabilities);
    }

    public NvmlReturn DeviceGetAddressingMode(NvmlDevice device, out NvmlDeviceAddressingMode mode)
    {
        mode = new() { Version = NvmlVersion.Of<NvmlDeviceAddressingMode>(1) };
        return Fill(_deviceGetAddressingMode, device, ref mode);
    }

    /// <summary>The host's name as set on the GPU.</summary>
    public NvmlReturn DeviceGetHostname(NvmlDevice device, out NvmlHostname hostname) => Get(_deviceGetHostname, device, out hostname);

    private void BindBoard(NativeLibraryHandle library)
    {
        _deviceGetBoardId = (NvmlGet)library.LightUp("nvmlDeviceGetBoardId");
        _deviceGetMultiGpuBoard = (NvmlGet)library.LightUp("nvmlDeviceGetMultiGpuBoard");
        _deviceGetVirtualizationMode = (NvmlGet)library.LightUp("nvmlDeviceGetVirtualizationMode");
        _deviceGetMemoryBusWidth = (NvmlGet)library.LightUp("nvmlDeviceGetMemoryBusWidth");
        _deviceGetNumGpuCores = (NvmlGet)library.LightUp("nvmlDeviceGetNumGpuCores");
        _deviceGetIrqNum = (NvmlGet)library.LightUp("nvmlDeviceGetIrqNum");
        _deviceGetPlatformInfo = (NvmlGet)library.LightUp("nvmlDeviceGetPlatformInfo");
        _deviceGetPdi = (NvmlGet)library.LightUp("nvmlDeviceGetPdi");
        _deviceGetCapabilities = (NvmlGet)library.LightUp("nvmlDeviceGetCapabilities");
        _deviceGetAddressingMode = (NvmlGet)library.LightUp("nvmlDeviceGetAddressingMode");
        _deviceGetHostname = (NvmlGet)library.LightUp("nvmlDeviceGetHostname_v1");
    }
}
