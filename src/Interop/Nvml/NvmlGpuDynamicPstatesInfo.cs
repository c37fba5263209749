using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuDynamicPstatesInfo_t: domains are 0 graphics, 1 frame buffer, 2 video, 3 bus.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuDynamicPstatesInfo
{
    public uint Flags;
    public NvmlPstatesUtilization Utilization;
}
