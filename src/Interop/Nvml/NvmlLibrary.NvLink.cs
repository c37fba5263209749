namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    /// <summary>NVML_NVLINK_MAX_LINKS of nvml.h 13.3 (driver 610). Only a bound: InvalidArgument says that there is no such link.</summary>
    public const int NvLinkMaxLinks = 36;

    private NvmlGetBy _deviceGetNvLinkState;
    private NvmlGetBy _deviceGetNvLinkVersion;
    private NvmlGetByTwo _deviceGetNvLinkErrorCounter;
    private NvmlGetBy _deviceGetNvLinkRemotePciInfo;
    private NvmlGetBy _deviceGetNvLinkRemoteDeviceType;
    private NvmlGet _deviceGetGpuFabricInfoV;
    private NvmlGetByTwo _deviceGetNvLinkCapability;
    private NvmlGet _deviceGetNvLinkInfo;
    private NvmlGetPairByTwo _deviceGetNvLinkUtilizationCounter;
    private NvmlGet _deviceGetNvlinkBwMode;
    private NvmlGet _deviceGetC2cModeInfoV;
    private NvmlGet _deviceGetGpuFabricInfo;

    public NvmlReturn DeviceGetNvLinkState(NvmlDevice device, uint link, out NvmlEnableState isActive) =>
        Get(_deviceGetNvLinkState, device, link, out isActive);

    public NvmlReturn DeviceGetNvLinkVersion(NvmlDevice device, uint link, out NvmlNvLinkVersion version) =>
        Get(_deviceGetNvLinkVersion, device, link, out version);

    /// <summary>NotSupported from Blackwell on; field values 201–222 take its place.</summary>
    public NvmlReturn DeviceGetNvLinkErrorCounter(NvmlDevice device, uint link, NvmlNvLinkErrorCounter counter, out ulong count) =>
        Get(_deviceGetNvLinkErrorCounter, device, link, (uint)counter, out count);

    public NvmlReturn DeviceGetNvLinkRemotePciInfo(NvmlDevice device, uint link, out NvmlPciInfo pci) =>
        Get(_deviceGetNvLinkRemotePciInfo, device, link, out pci);

    public NvmlReturn DeviceGetNvLinkRemoteDeviceType(NvmlDevice device, uint link, out NvmlIntNvLinkDeviceType type) =>
        Get(_deviceGetNvLinkRemoteDeviceType, device, link, out type);

    public NvmlReturn DeviceGetGpuFabricInfoV(NvmlDevice device, out NvmlGpuFabricInfoV2 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlGpuFabricInfoV2>(2) };
        return Fill(_deviceGetGpuFabricInfoV, device, ref info);
    }

    /// <summary>Known from driver 580 on; older ones answer ArgumentVersionMismatch.</summary>
    public NvmlReturn DeviceGetGpuFabricInfoV(NvmlDevice device, out NvmlGpuFabricInfoV3 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlGpuFabricInfoV3>(3) };
        return Fill(_deviceGetGpuFabricInfoV, device, ref info);
    }

    /// <summary>Deprecated by the V form.</summary>
    public NvmlReturn DeviceGetGpuFabricInfo(NvmlDevice device, out NvmlGpuFabricInfo info) =>
        Get(_deviceGetGpuFabricInfo, device, out info);

    /// <summary>0 or 1.</summary>
    public NvmlReturn DeviceGetNvLinkCapability(NvmlDevice device, uint link, NvmlNvLinkCapability capability, out uint has) =>
        Get(_deviceGetNvLinkCapability, device, link, (uint)capability, out has);

    public NvmlReturn DeviceGetNvLinkInfo(NvmlDevice device, out NvmlNvLinkInfoV1 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlNvLinkInfoV1>(1) };
        return Fill(_deviceGetNvLinkInfo, device, ref info);
    }

    public NvmlReturn DeviceGetNvLinkInfo(NvmlDevice device, out NvmlNvLinkInfoV2 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlNvLinkInfoV2>(2) };
        return Fill(_deviceGetNvLinkInfo, device, ref info);
    }

    /// <summary>Deprecated: field values 138 to 141 and GPM count without being set up first.</summary>
    public NvmlReturn DeviceGetNvLinkUtilizationCounter(NvmlDevice device, uint link, uint counter, out ulong received, out ulong sent)
    {
        received = sent = 0;
        if (_deviceGetNvLinkUtilizationCounter is null) return NvmlReturn.FunctionNotFound;
        fixed (ulong* r = &received, s = &sent) return _deviceGetNvLinkUtilizationCounter(device, link, counter, r, s);
    }

    /// <summary>Blackwell on.</summary>
    public NvmlReturn DeviceGetNvlinkBwMode(NvmlDevice device, out NvmlNvlinkGetBwMode mode)
    {
        mode = new() { Version = NvmlVersion.Of<NvmlNvlinkGetBwMode>(1) };
        return Fill(_deviceGetNvlinkBwMode, device, ref mode);
    }

    /// <summary>The link between a Grace CPU and its GPU.</summary>
    public NvmlReturn DeviceGetC2cModeInfoV(NvmlDevice device, out NvmlC2CModeInfo info) => Get(_deviceGetC2cModeInfoV, device, out info);

    private void BindNvLink(NativeLibraryHandle library)
    {
        _deviceGetNvLinkState = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkState");
        _deviceGetNvLinkVersion = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkVersion");
        _deviceGetNvLinkErrorCounter = (NvmlGetByTwo)library.LightUp("nvmlDeviceGetNvLinkErrorCounter");
        _deviceGetNvLinkRemotePciInfo = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkRemotePciInfo_v2");
        _deviceGetNvLinkRemoteDeviceType = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkRemoteDeviceType");
        _deviceGetGpuFabricInfoV = (NvmlGet)library.LightUp("nvmlDeviceGetGpuFabricInfoV");
        _deviceGetNvLinkCapability = (NvmlGetByTwo)library.LightUp("nvmlDeviceGetNvLinkCapability");
        _deviceGetNvLinkInfo = (NvmlGet)library.LightUp("nvmlDeviceGetNvLinkInfo");
        _deviceGetNvLinkUtilizationCounter = (NvmlGetPairByTwo)library.LightUp("nvmlDeviceGetNvLinkUtilizationCounter");
        _deviceGetNvlinkBwMode = (NvmlGet)library.LightUp("nvmlDeviceGetNvlinkBwMode");
        _deviceGetC2cModeInfoV = (NvmlGet)library.LightUp("nvmlDeviceGetC2cModeInfoV");
        _deviceGetGpuFabricInfo = (NvmlGet)library.LightUp("nvmlDeviceGetGpuFabricInfo");
    }
}
