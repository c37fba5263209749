using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlConfComputeSystemState_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlConfComputeSystemState
{
    public NvmlConfComputeEnvironment Environment;
    public NvmlEnableState CcFeature;
    public NvmlEnableState DevToolsMode;
}
