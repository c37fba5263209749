namespace Forewarn.Controller.Placement;

/// <summary>A node that holds a copy of what the ranks of a seat computed, in memory or on a local disk.</summary>
public readonly record struct StateCopy(int Seat, int Node);
