using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlAccountingStats_t: percent, bytes, ms (0 while the process runs), and µs since the epoch.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlAccountingStats
{
    public uint GpuUtilization;
    public uint MemoryUtilization;
    public ulong MaxMemoryUsage;
    public ulong Time;
    public ulong StartTime;
    public uint IsRunning;
    public NvmlReserved5 Reserved;
}
