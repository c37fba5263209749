using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSystemEventData_v1_t: GpuId is the PCI address as one number.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSystemEventData
{
    public NvmlSystemEventTypes EventType;
    public uint GpuId;
}
