using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Seats that would stand in one failure domain with the seat that keeps their checkpoint copy.</summary>
public sealed class CopyApart : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "copy-apart";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} checkpoint copies in one failure domain with their original";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var together = 0L;
        foreach (var (seat, holder) in moves.Board.Problem.CopyHolders)
        {
            if (AreTogether(moves.Board, moves.NodeOf(seat, to), moves.NodeOf(holder, to))) together++;
        }

        return together;
    }

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var (together, own, node) = (0L, moves.Seats[i], moves.Board.Destinations.List[place].Node);
        foreach (var (seat, holder) in moves.Board.Problem.CopyHolders)
        {
            if (seat != own && holder != own) continue;
            if (AreTogether(moves.Board, node, moves.NodeOf(seat == own ? holder : seat, to))) together++;
        }

        return together;
    }

    private static bool AreTogether(Board board, int one, int other)
    {
        if (one < 0 || other < 0) return false;
        for (var kind = 0; kind < board.Graph.FailureDomainKinds.Length; kind++)
        {
            if (board.Graph.FailureDomainOf(one, kind) is >= 0 and var domain && board.Graph.FailureDomainOf(other, kind) == domain) return true;
        }

        return false;
    }

    internal override long Greatest(Board board) => 8;
}
