namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    // nvml.h: NVML_GSP_FIRMWARE_VERSION_BUF_SIZE. The function takes no length, so a shorter buffer would be overrun.
    private const int GspFirmwareVersionLength = 0x40;

    // nvml.h: NVML_DEVICE_UUID_V2_BUFFER_SIZE; the longest name that a look-up takes.
    private const int LongestName = 96;

    private NvmlGlobalGet _deviceGetCount;
    private NvmlHandleByIndex _deviceGetHandleByIndex;
    private NvmlHandleByName _deviceGetHandleByPciBusId;
    private NvmlHandleByName _deviceGetHandleByUUID;
    private NvmlGet _deviceGetIndex;
    private NvmlGetText _deviceGetName;
    private NvmlGet _deviceGetBrand;
    private NvmlGetText _deviceGetSerial;
    private NvmlGetText _deviceGetBoardPartNumber;
    private NvmlGetText _deviceGetUUID;
    private NvmlGet _deviceGetPciInfo;
    private NvmlGet _deviceGetMinorNumber;
    private NvmlGet _deviceGetModuleId;
    private NvmlGet _deviceGetNumaNodeId;
    private NvmlGet _deviceGetArchitecture;
    private NvmlGetPair _deviceGetCudaComputeCapability;
    private NvmlGetText _deviceGetVbiosVersion;
    private NvmlGetText _deviceGetInforomImageVersion;
    private NvmlGet _deviceGetGspFirmwareVersion;
    private NvmlGetPair _deviceGetGspFirmwareMode;
    private NvmlGet _deviceGetPersistenceMode;
    private NvmlGet _deviceGetComputeMode;

    /// <summary>All GPUs, those without permission and lost ones too.</summary>
    public NvmlReturn DeviceGetCount(out uint count) => Get(_deviceGetCount, out count);

    /// <summary>Initialises the GPU: seconds without persistence mode. An index may name another GPU after a restart.</summary>
    public NvmlReturn DeviceGetHandleByIndex(uint index, out NvmlDevice device)
    {
        device = default;
        if (_deviceGetHandleByIndex is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlDevice* p = &device) return _deviceGetHandleByIndex(index, p);
    }

    /// <summary>Hexadecimal domain:bus:device.function in ASCII, without a final NUL.</summary>
    public NvmlReturn DeviceGetHandleByPciBusId(ReadOnlySpan<byte> pciBusId, out NvmlDevice device) =>
        HandleByName(_deviceGetHandleByPciBusId, pciBusId, out device);

    /// <summary>"GPU-…" or "MIG-…" in ASCII, without a final NUL. May initialise other GPUs while it searches.</summary>
    public NvmlReturn DeviceGetHandleByUUID(ReadOnlySpan<byte> uuid, out NvmlDevice device) =>
        HandleByName(_deviceGetHandleByUUID, uuid, out device);

    public NvmlReturn DeviceGetIndex(NvmlDevice device, out uint index) => Get(_deviceGetIndex, device, out index);

    /// <summary>Buffer of 96 bytes.</summary>
    public NvmlReturn DeviceGetName(NvmlDevice device, Span<byte> name, out int length) => Text(_deviceGetName, device, name, out length);

    public NvmlReturn DeviceGetBrand(NvmlDevice device, out NvmlBrandType brand) => Get(_deviceGetBrand, device, out brand);

    /// <summary>Buffer of 30 bytes.</summary>
    public NvmlReturn DeviceGetSerial(NvmlDevice device, Span<byte> serial, out int length) =>
        Text(_deviceGetSerial, device, serial, out length);

    /// <summary>Buffer of 80 bytes.</summary>
    public NvmlReturn DeviceGetBoardPartNumber(NvmlDevice device, Span<byte> partNumber, out int length) =>
        Text(_deviceGetBoardPartNumber, device, partNumber, out length);

    /// <summary>Buffer of 96 bytes.</summary>
    public NvmlReturn DeviceGetUUID(NvmlDevice device, Span<byte> uuid, out int length) => Text(_deviceGetUUID, device, uuid, out length);

    public NvmlReturn DeviceGetPciInfo(NvmlDevice device, out NvmlPciInfo pci) => Get(_deviceGetPciInfo, device, out pci);

    /// <summary>N of /dev/nvidiaN.</summary>
    public NvmlReturn DeviceGetMinorNumber(NvmlDevice device, out uint minor) => Get(_deviceGetMinorNumber, device, out minor);

    /// <summary>The slot on an HGX baseboard; 0 where there is none.</summary>
    public NvmlReturn DeviceGetModuleId(NvmlDevice device, out uint moduleId) => Get(_deviceGetModuleId, device, out moduleId);

    /// <summary>Only where the GPU's memory is a NUMA node of the host, else NotSupported.</summary>
    public NvmlReturn DeviceGetNumaNodeId(NvmlDevice device, out uint node) => Get(_deviceGetNumaNodeId, device, out node);

    public NvmlReturn DeviceGetArchitecture(NvmlDevice device, out NvmlDeviceArchitecture architecture) =>
        Get(_deviceGetArchitecture, device, out architecture);

    public NvmlReturn DeviceGetCudaComputeCapability(NvmlDevice device, out int major, out int minor) =>
        Get(_deviceGetCudaComputeCapability, device, out major, out minor);

    /// <summary>Buffer of 32 bytes.</summary>
    public NvmlReturn DeviceGetVbiosVersion(NvmlDevice device, Span<byte> version, out int length) =>
        Text(_deviceGetVbiosVersion, device, version, out length);

    /// <summary>Buffer of 16 bytes.</summary>
    public NvmlReturn DeviceGetInforomImageVersion(NvmlDevice device, Span<byte> version, out int length) =>
        Text(_deviceGetInforomImageVersion, device, version, out length);

    /// <summary>Buffer of at least 64 bytes, or InsufficientSize without a call.</summary>
    public NvmlReturn DeviceGetGspFirmwareVersion(NvmlDevice device, Span<byte> version, out int length)
    {
        length = 0;
        if (_deviceGetGspFirmwareVersion is null) return NvmlReturn.FunctionNotFound;
        if (version.Length < GspFirmwareVersionLength) return NvmlReturn.InsufficientSize;
        NvmlReturn code;
        fixed (byte* p = version) code = _deviceGetGspFirmwareVersion(device, p);
        if (code == NvmlReturn.Success) length = AsciiText.Length(version);
        return code;
    }

    public NvmlReturn DeviceGetGspFirmwareMode(NvmlDevice device, out uint isEnabled, out uint defaultMode) =>
        Get(_deviceGetGspFirmwareMode, device, out isEnabled, out defaultMode);

    public NvmlReturn DeviceGetPersistenceMode(NvmlDevice device, out NvmlEnableState mode) =>
        Get(_deviceGetPersistenceMode, device, out mode);

    public NvmlReturn DeviceGetComputeMode(NvmlDevice device, out NvmlComputeMode mode) => Get(_deviceGetComputeMode, device, out mode);

    private static NvmlReturn HandleByName(NvmlHandleByName call, ReadOnlySpan<byte> name, out NvmlDevice device)
    {
        device = default;
        if (call is null) return NvmlReturn.FunctionNotFound;
        if (name.Length > LongestName) return NvmlReturn.InvalidArgument;
        byte* terminated = stackalloc byte[LongestName + 1];
        name.CopyTo(new Span<byte>(terminated, LongestName));
        terminated[name.Length] = 0;
        fixed (NvmlDevice* p = &device) return call(terminated, p);
    }

    private void BindIdentity(NativeLibraryHandle library)
    {
        _deviceGetCount = (NvmlGlobalGet)library.Required("nvmlDeviceGetCount_v2");
        _deviceGetHandleByIndex = (NvmlHandleByIndex)library.Required("nvmlDeviceGetHandleByIndex_v2");
        _deviceGetHandleByPciBusId = (NvmlHandleByName)library.Required("nvmlDeviceGetHandleByPciBusId_v2");
        _deviceGetHandleByUUID = (NvmlHandleByName)library.LightUp("nvmlDeviceGetHandleByUUID");
        _deviceGetIndex = (NvmlGet)library.LightUp("nvmlDeviceGetIndex");
        _deviceGetName = (NvmlGetText)library.LightUp("nvmlDeviceGetName");
        _deviceGetBrand = (NvmlGet)library.LightUp("nvmlDeviceGetBrand");
        _deviceGetSerial = (NvmlGetText)library.LightUp("nvmlDeviceGetSerial");
        _deviceGetBoardPartNumber = (NvmlGetText)library.LightUp("nvmlDeviceGetBoardPartNumber");
        _deviceGetUUID = (NvmlGetText)library.Required("nvmlDeviceGetUUID");
        _deviceGetPciInfo = (NvmlGet)library.Required("nvmlDeviceGetPciInfo_v3");
        _deviceGetMinorNumber = (NvmlGet)library.LightUp("nvmlDeviceGetMinorNumber");
        _deviceGetModuleId = (NvmlGet)library.LightUp("nvmlDeviceGetModuleId");
        _deviceGetNumaNodeId = (NvmlGet)library.LightUp("nvmlDeviceGetNumaNodeId");
        _deviceGetArchitecture = (NvmlGet)library.LightUp("nvmlDeviceGetArchitecture");
        _deviceGetCudaComputeCapability = (NvmlGetPair)library.LightUp("nvmlDeviceGetCudaComputeCapability");
        _deviceGetVbiosVersion = (NvmlGetText)library.LightUp("nvmlDeviceGetVbiosVersion");
        _deviceGetInforomImageVersion = (NvmlGetText)library.LightUp("nvmlDeviceGetInforomImageVersion");
        _deviceGetGspFirmwareVersion = (NvmlGet)library.LightUp("nvmlDeviceGetGspFirmwareVersion");
        _deviceGetGspFirmwareMode = (NvmlGetPair)library.LightUp("nvmlDeviceGetGspFirmwareMode");
        _deviceGetPersistenceMode = (NvmlGet)library.LightUp("nvmlDeviceGetPersistenceMode");
        _deviceGetComputeMode = (NvmlGet)library.LightUp("nvmlDeviceGetComputeMode");
    }
}
