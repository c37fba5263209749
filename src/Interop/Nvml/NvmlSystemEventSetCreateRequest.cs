using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSystemEventSetCreateRequest_v1_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSystemEventSetCreateRequest
{
    public uint Version;
    public NvmlSystemEventSet Set;
}
