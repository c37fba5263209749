using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlRepairStatus_v1_t: 1 where a repair waits for the next reset.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlRepairStatus
{
    public uint Version;
    public uint ChannelRepairPending;
    public uint TpcRepairPending;
}
