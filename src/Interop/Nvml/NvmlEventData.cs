using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlEventData_t of nvmlEventSetWait_v2. Device is the whole GPU; EventData the Xid of an XidCriticalError (999: not known); the
/// instances are 0xFFFFFFFF unless an Xid on MIG names them.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlEventData
{
    public NvmlDevice Device;
    public NvmlEventTypes EventType;
    public ulong EventData;
    public uint GpuInstanceId;
    public uint ComputeInstanceId;
}
