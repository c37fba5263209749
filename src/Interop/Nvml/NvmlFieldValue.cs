using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlFieldValue_t. The caller fills FieldId and ScopeId (a link, lane or power scope).</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlFieldValue
{
    public uint FieldId;
    public uint ScopeId;
    // µs since the epoch, and how long the driver took for this entry.
    public long Timestamp;
    public long LatencyUsec;
    public NvmlValueType ValueType;
    // This entry's own code; Value means nothing unless it is Success.
    public NvmlReturn Result;
    public NvmlValue Value;
}
