namespace Forewarn.Controller.Topology;

/// <summary>A cable between two switches, or between a node and a switch; in either order.</summary>
public readonly record struct FabricLink(string One, string Other);
