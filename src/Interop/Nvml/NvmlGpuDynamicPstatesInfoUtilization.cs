using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>One domain of nvmlGpuDynamicPstatesInfo_t: percent; IsPresent is 0 or 1.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuDynamicPstatesInfoUtilization
{
    public uint IsPresent;
    public uint Percentage;
    public uint IncThreshold;
    public uint DecThreshold;
}
