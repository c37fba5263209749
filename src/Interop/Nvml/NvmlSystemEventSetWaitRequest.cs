using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlSystemEventSetWaitRequest_v1_t. Data points to DataSize entries of the caller; NumEvent of them are filled.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSystemEventSetWaitRequest
{
    public uint Version;
    public uint TimeoutMs;
    public NvmlSystemEventSet Set;
    public nint Data;
    public uint DataSize;
    public uint NumEvent;
}
