using System.Collections.Immutable;

namespace Forewarn.Controller.Coordination;

/// <summary>Where else a job could have gone, and why it does not.</summary>
/// <param name="Moves">What it would have moved, one node to another.</param>
/// <param name="LostBy">The first term of the policy by which it is worse.</param>
/// <param name="Words">Both costs, for a person.</param>
public sealed record LosingPlacement(ImmutableArray<string> Moves, string LostBy, string Words);
