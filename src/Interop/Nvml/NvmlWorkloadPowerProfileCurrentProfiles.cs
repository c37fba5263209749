using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlWorkloadPowerProfileCurrentProfiles_v1_t: profiles there are, asked for and in force, a bit each.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlWorkloadPowerProfileCurrentProfiles
{
    public uint Version;
    public NvmlMask255 PerfProfilesMask;
    public NvmlMask255 RequestedProfilesMask;
    public NvmlMask255 EnforcedProfilesMask;
}
