using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuFabricInfo_t, deprecated by the versioned forms. Status holds once State is Completed.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuFabricInfo
{
    public UuidBytes ClusterUuid;
    public NvmlReturn Status;
    public uint CliqueId;
    public NvmlGpuFabricState State;
}
