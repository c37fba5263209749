namespace Forewarn.Interop.Nvml;

/// <summary>nvmlComputeInstance_t: a part of a GPU instance; it ends with the instance.</summary>
public readonly record struct NvmlComputeInstance(nint Handle);
