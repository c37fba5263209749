namespace Forewarn.Controller.Placement;

/// <summary>A term and how much it weighs against the others of its tier.</summary>
public sealed record WeightedTerm(Terms.PlacementTerm Term, long Weight = 1);
