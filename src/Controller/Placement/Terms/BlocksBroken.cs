using Forewarn.Controller.Placement.Search;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Domains and leaves that were free as a whole and would be no more; one that is taken as a whole is not broken.</summary>
public sealed class BlocksBroken : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "blocks-broken";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} whole blocks broken";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var (board, broken) = (moves.Board, 0L);
        for (var level = TopologyLevel.Domain; level <= TopologyLevel.Leaf; level++)
        {
            for (var i = 0; i < to.Length; i++)
            {
                if (Tally.GroupOf(board, to[i], level) is not (>= 0 and var group) || !board.Stock.IsWhole(board.Graph, group)) continue;
                if (Tally.IsFirst(board, to, i, level, out var taken) && taken < board.Graph.Members(group).Length) broken++;
            }
        }

        return broken;
    }

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var (board, broken) = (moves.Board, 0L);
        for (var level = TopologyLevel.Domain; level <= TopologyLevel.Leaf; level++)
        {
            if (Tally.GroupOf(board, place, level) is >= 0 and var group && board.Stock.IsWhole(board.Graph, group)) broken++;
        }

        return broken;
    }

    internal override long Greatest(Board board) => 2;
}
