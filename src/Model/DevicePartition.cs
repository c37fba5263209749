namespace Forewarn.Model;

/// <summary>A part of a card that is handed out as a device of its own (NVIDIA calls it a MIG device).</summary>
/// <param name="Parent">The card that it is cut from; what is not told of the part holds for the whole.</param>
/// <param name="Profile">The maker's name of its size, for example <c>1g.10gb</c>; empty when unreadable.</param>
/// <param name="Instance">Number of the memory part (NVIDIA: GPU instance) on its card.</param>
/// <param name="ComputeInstance">Number of the compute part within it.</param>
public sealed record DevicePartition(DeviceId Parent, string Profile, int Instance, int ComputeInstance);
