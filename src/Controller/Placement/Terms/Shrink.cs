using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Replicas without which the job goes on.</summary>
public sealed class Shrink : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "shrink";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} replicas given up";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to) => moves.ReplicasGivenUp;

    internal override long AtLeast(PartialPlan partial) => partial.ReplicasGivenUp;
}
