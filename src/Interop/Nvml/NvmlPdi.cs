using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPdi_v1_t: the number that each GPU has of its own.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPdi
{
    public uint Version;
    public ulong Value;
}
