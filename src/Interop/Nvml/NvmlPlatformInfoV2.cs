using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPlatformInfo_v2_t: where the GPU sits in its chassis. On Blackwell 8 bytes of IbGuid hold, the rest is 0.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPlatformInfoV2
{
    public uint Version;
    public UuidBytes IbGuid;
    public AsciiBuffer16 ChassisSerialNumber;
    public byte SlotNumber;
    public byte TrayIndex;
    public byte HostId;
    public byte PeerType;
    public byte ModuleId;
}
