using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlExcludedDeviceInfo_t: a GPU that the driver was told to leave alone.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlExcludedDeviceInfo
{
    public NvmlPciInfo PciInfo;
    public AsciiBuffer80 Uuid;
}
