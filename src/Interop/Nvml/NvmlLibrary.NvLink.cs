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

    private void BindNvLink(NativeLibraryHandle library)
    {
        _deviceGetNvLinkState = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkState");
        _deviceGetNvLinkVersion = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkVersion");
        _deviceGetNvLinkErrorCounter = (NvmlGetByTwo)library.LightUp("nvmlDeviceGetNvLinkErrorCounter");
        _deviceGetNvLinkRemotePciInfo = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkRemotePciInfo_v2");
        _deviceGetNvLinkRemoteDeviceType = (NvmlGetBy)library.LightUp("nvmlDeviceGetNvLinkRemoteDeviceType");
        _deviceGetGpuFabricInfoV = (NvmlGet)library.LightUp("nvmlDeviceGetGpuFabricInfoV");
    }
}
