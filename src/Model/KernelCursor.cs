namespace Forewarn.Model;

/// <summary>A place in the kernel's log: all records up to it were read.</summary>
/// <param name="BootId">The boot that the log belongs to.</param>
/// <param name="Sequence">The record's number, which grows by one with each record of a boot.</param>
public readonly record struct KernelCursor(string BootId, ulong Sequence);
