namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlSystemEventSet_t, freed by <see cref="NvmlLibrary.SystemEventSetFree"/>. Not a SafeHandle, for the reason of <see
/// cref="NvmlEventSet"/>.
/// </summary>
public readonly record struct NvmlSystemEventSet(nint Handle);
