using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlProcessUtilizationInfo_v1_t: percent at a time in µs since the epoch.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlProcessUtilizationInfo
{
    public ulong TimeStamp;
    public uint Pid;
    public uint SmUtil;
    public uint MemUtil;
    public uint EncUtil;
    public uint DecUtil;
    public uint JpgUtil;
    public uint OfaUtil;
}
