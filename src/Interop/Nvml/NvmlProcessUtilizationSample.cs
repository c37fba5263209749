using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlProcessUtilizationSample_t: percent at a time in µs since the epoch.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlProcessUtilizationSample
{
    public uint Pid;
    public ulong TimeStamp;
    public uint SmUtil;
    public uint MemUtil;
    public uint EncUtil;
    public uint DecUtil;
}
