namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlGpmSample_t, freed by <see cref="NvmlLibrary.GpmSampleFree"/>. Not a SafeHandle, for the reason of <see
/// cref="NvmlEventSet"/>.
/// </summary>
public readonly record struct NvmlGpmSample(nint Handle);
