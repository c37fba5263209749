namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuVirtualizationMode_t.</summary>
public enum NvmlGpuVirtualizationMode
{
    None = 0,
    Passthrough = 1,
    Vgpu = 2,
    HostVgpu = 3,
    HostVsga = 4,
}
