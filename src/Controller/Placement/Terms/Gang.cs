using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Seats without a node: a job starts with all of them or not at all.</summary>
public sealed class Gang : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "gang";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} seats without a node";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var without = 0;
        foreach (var place in to) without += place < 0 ? 1 : 0;
        return without;
    }

    internal override long AtLeast(PartialPlan partial) => partial.Shortage;
}
