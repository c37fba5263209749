using System.Collections.Immutable;

namespace Forewarn.Controller.Coordination;

/// <summary>Where a job would go.</summary>
/// <param name="Nodes">A node for each of its seats, in their order; empty when there is no way.</param>
/// <param name="Explanation">Why there, or why nowhere, line by line.</param>
internal sealed record PlaceChoice(ImmutableArray<string> Nodes, ImmutableArray<string> Explanation)
{
    /// <summary>The best of the ways that were not taken.</summary>
    public ImmutableArray<LosingPlacement> Losing { get; init; } = [];

    public bool IsFeasible => !Nodes.IsEmpty;

    public static PlaceChoice None(string why) => new([], [why]);
}
