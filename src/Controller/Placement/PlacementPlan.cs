using System.Collections.Immutable;

namespace Forewarn.Controller.Placement;

/// <summary>Where a job goes, what that costs and why nothing else was taken. The same problem and policy always yield the same plan.</summary>
public sealed record PlacementPlan
{
    /// <summary>The policy that chose.</summary>
    public required string Policy { get; init; }

    /// <summary>Whether the job can run so. A plan that is not feasible is the least bad one, and says what is missing; it must not be carried out.</summary>
    public required bool IsFeasible { get; init; }

    /// <summary>The node of each seat, in the order of the problem's seats: -1 for one that was given up or found no place.</summary>
    public required ImmutableArray<int> Nodes { get; init; }

    /// <summary>Who moves, in the order of the seats.</summary>
    public required ImmutableArray<SeatMove> Moves { get; init; }

    /// <summary>Seats for which there is no node.</summary>
    public required ImmutableArray<int> Unplaced { get; init; }

    /// <summary>Replicas without which the job goes on.</summary>
    public required ImmutableArray<int> ReplicasGivenUp { get; init; }

    /// <summary>What it costs by each term, in the order of the policy.</summary>
    public required ImmutableArray<TermCost> Costs { get; init; }

    /// <summary>The best plans that lost, each by another cost.</summary>
    public required ImmutableArray<LosingPlan> Alternatives { get; init; }

    /// <summary>Line by line, for a person.</summary>
    public required ImmutableArray<string> Explanation { get; init; }
}
