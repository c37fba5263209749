using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlFanSpeedInfo_v1_t. The caller fills Fan; Speed is in revolutions a minute.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlFanSpeedInfo
{
    public uint Version;
    public uint Fan;
    public uint Speed;
}
