using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuFabricInfo_v2_t. Status is the registration's own code and holds once State is Completed.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuFabricInfoV2
{
    public uint Version;
    public UuidBytes ClusterUuid;
    public NvmlReturn Status;
    public uint CliqueId;
    public NvmlGpuFabricState State;
    public uint HealthMask;
}
