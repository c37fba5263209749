using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlPlatformInfo_v1_t: where the GPU sits in its rack. On Blackwell 8 bytes of IbGuid and 13 of RackGuid hold, the rest is 0.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPlatformInfoV1
{
    public uint Version;
    public UuidBytes IbGuid;
    public UuidBytes RackGuid;
    public byte ChassisPhysicalSlotNumber;
    public byte ComputeSlotIndex;
    public byte NodeIndex;
    public byte PeerType;
    public byte ModuleId;
}
