using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>How many nodes are free in the smallest group of each new node: holes are filled before open ground.</summary>
public sealed class TightFit : DestinationTerm
{
    /// <inheritdoc/>
    public override string Name => "tight-fit";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} nodes free around the new ones";

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var (board, node) = (moves.Board, moves.Board.Destinations.List[place].Node);
        return board.Graph.LowestGroupOf(node) is >= 0 and var group ? board.Stock.FreeIn(group) : 0;
    }

    internal override long Greatest(Board board) => 4096;
}
