using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlNvlinkGetBwMode_v1_t: the bandwidth mode in force; IsBest is 1 when it is the fastest.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlNvlinkGetBwMode
{
    public uint Version;
    public uint IsBest;
    public byte BwMode;
}
