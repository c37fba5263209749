namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlDevice_t. NVML never frees a device handle: it dies with the last nvmlShutdown, a driver reload or the loss of the GPU.
/// </summary>
public readonly record struct NvmlDevice(nint Handle);
