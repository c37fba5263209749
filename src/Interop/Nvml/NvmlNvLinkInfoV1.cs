using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlNvLinkInfo_v1_t: 1 when the links are encrypted.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlNvLinkInfoV1
{
    public uint Version;
    public uint IsNvleEnabled;
}
