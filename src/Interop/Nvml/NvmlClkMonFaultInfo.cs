using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlClkMonFaultInfo_t: one clock domain that its monitor found at fault.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlClkMonFaultInfo
{
    public uint ClkApiDomain;
    public uint ClkDomainFaultMask;
}
