using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSystemConfComputeSettings_v1_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSystemConfComputeSettings
{
    public uint Version;
    public NvmlConfComputeEnvironment Environment;
    public NvmlEnableState CcFeature;
    public NvmlEnableState DevToolsMode;
    public NvmlConfComputeMultiGpuMode MultiGpuMode;
}
