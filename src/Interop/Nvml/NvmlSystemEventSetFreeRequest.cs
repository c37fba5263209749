using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSystemEventSetFreeRequest_v1_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSystemEventSetFreeRequest
{
    public uint Version;
    public NvmlSystemEventSet Set;
}
