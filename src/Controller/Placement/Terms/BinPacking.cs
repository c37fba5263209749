using System.Numerics;
using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Cards left over on new nodes that a job which wants whole nodes cannot use.</summary>
public sealed class BinPacking : DestinationTerm
{
    /// <inheritdoc/>
    public override string Name => "bin-packing";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} cards left over";

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
        => BitOperations.PopCount(moves.Board.Destinations.List[place].FreeCards) - moves.Board.Problem.Seats[moves.Seats[i]].Cards;

    internal override long Greatest(Board board) => 64;
}
