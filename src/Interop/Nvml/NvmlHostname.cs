using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlHostname_v1_t. It has no version field.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlHostname
{
    public AsciiBuffer64 Value;
}
