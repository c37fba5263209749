using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Nodes that the job exchanges.</summary>
public sealed class NodesMoved : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "nodes-moved";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} nodes exchanged";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to) => moves.Seats.Length;

    internal override long AtLeast(PartialPlan partial) => partial.Seats.Count;
}
