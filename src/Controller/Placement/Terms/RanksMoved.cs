using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Ranks that change their node; a rank keeps its number.</summary>
public sealed class RanksMoved : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "ranks-moved";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} ranks moved";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to) => moves.Ranks;

    internal override long AtLeast(PartialPlan partial) => partial.Ranks;
}
