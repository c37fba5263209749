using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlViolationTime_t: when the driver looked (µs), and for how long it had held clocks back (ns).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlViolationTime
{
    public ulong ReferenceTime;
    public ulong ViolationTime;
}
