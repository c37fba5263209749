using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlNvlinkFirmwareVersion_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlNvlinkFirmwareVersion
{
    public NvmlNvlinkFirmwareUcodeType UcodeType;
    public uint Major;
    public uint Minor;
    public uint SubMinor;
}
