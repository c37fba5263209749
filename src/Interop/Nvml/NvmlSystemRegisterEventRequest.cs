using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSystemRegisterEventRequest_v1_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSystemRegisterEventRequest
{
    public uint Version;
    public NvmlSystemEventTypes EventTypes;
    public NvmlSystemEventSet Set;
}
