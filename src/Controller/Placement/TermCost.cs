namespace Forewarn.Controller.Placement;

/// <summary>What a plan costs by one term.</summary>
/// <param name="Term">The term's name.</param>
/// <param name="Cost">In the term's own unit, unweighted.</param>
/// <param name="Words">With its unit, for a person.</param>
public sealed record TermCost(string Term, long Cost, string Words);
