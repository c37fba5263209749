using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Spares that would be missing beneath a switch, of those that it needs.</summary>
public sealed class SparesKept : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "spares-kept";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} spares missing";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        if (moves.Board.Problem.Spares is not { } spares) return 0;
        var missing = 0L;
        for (var i = 0; i < to.Length; i++)
        {
            if (Tally.GroupOf(moves.Board, to[i], spares.Level) is not (>= 0 and var group)) continue;
            if (Tally.IsFirst(moves.Board, to, i, spares.Level, out var taken)) missing += moves.Board.Stock.Missing(group, taken);
        }

        return missing;
    }

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        if (moves.Board.Problem.Spares is not { } spares) return 0;
        return Tally.GroupOf(moves.Board, place, spares.Level) is >= 0 and var group ? moves.Board.Stock.Missing(group, 1) : 0;
    }

    internal override long Greatest(Board board) => 4;
}
