namespace Forewarn.Controller.Topology;

/// <summary>A scale-up domain or a switch with all nodes beneath it.</summary>
/// <param name="Name">As its source calls it.</param>
/// <param name="Level">1 for a scale-up domain, 2 for a leaf, and so on.</param>
/// <param name="Source">Who says so.</param>
public sealed record TopologyGroup(string Name, int Level, TopologySource Source);
