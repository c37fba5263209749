using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlBAR1Memory_t: bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlBAR1Memory
{
    public ulong Bar1Total;
    public ulong Bar1Free;
    public ulong Bar1Used;
}
