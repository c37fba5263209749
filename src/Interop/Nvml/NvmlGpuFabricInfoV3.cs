using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuFabricInfo_v3_t: version 2 with a summary of its health mask.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuFabricInfoV3
{
    public uint Version;
    public UuidBytes ClusterUuid;
    public NvmlReturn Status;
    public uint CliqueId;
    public NvmlGpuFabricState State;
    public uint HealthMask;
    public NvmlGpuFabricHealthSummary HealthSummary;
}
