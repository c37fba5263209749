using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlC2cModeInfo_v1_t: 1 when the link to the CPU is in use. It has no version field.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlC2CModeInfo
{
    public uint IsC2CEnabled;
}
