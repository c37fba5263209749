using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlNvLinkInfo_v2_t: version 1 with the firmware of the links.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlNvLinkInfoV2
{
    public uint Version;
    public uint IsNvleEnabled;
    public NvmlNvlinkFirmwareInfo FirmwareInfo;
}
