using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlClkMonStatus_t: GlobalStatus is 1 when a clock is at fault; the first ClkMonListSize entries of ClkMonList hold.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlClkMonStatus
{
    public uint GlobalStatus;
    public uint ClkMonListSize;
    public NvmlClkMonFaults ClkMonList;
}
