using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPRMTLV_v1_t: one register as the firmware has it. The caller fills DataSize and InData; OutData takes its place. It has no version field.</summary>
[StructLayout(LayoutKind.Explicit)]
public struct NvmlPRMTLV
{
    [FieldOffset(0)]
    public uint DataSize;
    // Of the access itself; the function's own code says whether there was one.
    [FieldOffset(4)]
    public uint Status;
    [FieldOffset(8)]
    public NvmlPRMData InData;
    [FieldOffset(8)]
    public NvmlPRMData OutData;
}
