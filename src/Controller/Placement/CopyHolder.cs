namespace Forewarn.Controller.Placement;

/// <summary>Two seats of which one keeps the other's checkpoint copy: one mishap must not take both.</summary>
public readonly record struct CopyHolder(int Seat, int Holder);
