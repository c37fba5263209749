using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPciInfo_t of nvmlDeviceGetPciInfo_v3.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPciInfo
{
    public AsciiBuffer16 BusIdLegacy;
    public uint Domain;
    public uint Bus;
    public uint Device;
    public uint PciDeviceId;
    public uint PciSubSystemId;
    public AsciiBuffer32 BusId;
}
