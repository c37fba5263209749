namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlEventSet_t, freed by <see cref="NvmlLibrary.EventSetFree"/>. Not a SafeHandle: a finalizer would call into the driver, and a
/// driver that hangs would take the finalizer thread with it.
/// </summary>
public readonly record struct NvmlEventSet(nint Handle);
