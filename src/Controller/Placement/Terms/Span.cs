using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>How far what is sent in one step has to go: of each group its traffic, by the level that it must climb to.</summary>
public sealed class Span : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "span";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} MiB·levels a step";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var sum = moves.UnchangedSpan;
        foreach (var group in moves.Changed) sum += group.Span(to);
        return sum;
    }

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var (sum, node) = (0L, moves.Board.Destinations.List[place].Node);
        foreach (var group in moves.ChangedOf[i]) sum += group.SpanAdded(to, i, node);
        return sum;
    }

    internal override long Greatest(Board board)
    {
        var most = 1L;
        for (var seat = 0; seat < board.Seats; seat++)
        {
            var weight = 0L;
            foreach (var group in board.GroupsOf(seat)) weight += 2 * board.Groups[group].Weight;
            most = Math.Max(most, weight * board.Graph.Apart);
        }

        return most;
    }
}
