using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlNvlinkFirmwareInfo_t: the first NumValidEntries of FirmwareVersion hold.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlNvlinkFirmwareInfo
{
    public NvmlNvlinkFirmwareVersions FirmwareVersion;
    public uint NumValidEntries;
}
