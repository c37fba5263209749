using System.Collections.Immutable;

namespace Forewarn.Controller.Placement;

/// <summary>A plan that was looked at and not taken.</summary>
/// <param name="Moves">What it would have moved.</param>
/// <param name="Costs">What it would have cost.</param>
/// <param name="LostBy">The first term, in the order of the policy, by which it is worse.</param>
/// <param name="Words">Both numbers, for a person.</param>
public sealed record LosingPlan(ImmutableArray<SeatMove> Moves, ImmutableArray<TermCost> Costs, string LostBy, string Words);
