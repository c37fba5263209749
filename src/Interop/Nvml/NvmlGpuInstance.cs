namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuInstance_t: a part of a GPU under MIG; it ends with the instance.</summary>
public readonly record struct NvmlGpuInstance(nint Handle);
