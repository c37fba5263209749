using System.Collections.Immutable;

namespace Forewarn.Controller.Placement;

/// <summary>One seat that changes its node.</summary>
/// <param name="Seat">Its number in the problem.</param>
/// <param name="Ranks">The ranks that go along; they keep their numbers.</param>
/// <param name="From">The node that is left.</param>
/// <param name="To">The node that takes them.</param>
/// <param name="Cards">The cards there.</param>
public sealed record SeatMove(int Seat, ImmutableArray<int> Ranks, string From, string To, ImmutableArray<int> Cards);
