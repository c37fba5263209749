using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPciInfoExt_v1_t: the PCI address with base class and sub class of the function.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPciInfoExt
{
    public uint Version;
    public uint Domain;
    public uint Bus;
    public uint Device;
    public uint PciDeviceId;
    public uint PciSubSystemId;
    public uint BaseClass;
    public uint SubClass;
    public AsciiBuffer32 BusId;
}
