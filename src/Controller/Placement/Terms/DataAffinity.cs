using Forewarn.Controller.Placement.Search;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>How far new nodes are from one that has the job's data in a cache.</summary>
public sealed class DataAffinity : DestinationTerm
{
    /// <inheritdoc/>
    public override string Name => "data-affinity";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} levels to cached data";

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var (board, node) = (moves.Board, moves.Board.Destinations.List[place].Node);
        if (board.HasData is not { } hasData || hasData[board.Graph.Groups.Length + node]) return 0;
        for (var level = TopologyLevel.Domain; level <= board.Graph.Top; level++)
        {
            if (board.Graph.GroupOf(node, level) is >= 0 and var group && hasData[group]) return level;
        }

        return board.Graph.Apart;
    }

    internal override long Greatest(Board board) => board.Graph.Apart;
}
