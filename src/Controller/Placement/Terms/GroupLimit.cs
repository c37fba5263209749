using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Groups whose ranks are farther apart than they bear.</summary>
public sealed class GroupLimit : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "group-limit";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} groups farther apart than they bear";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var over = 0;
        foreach (var group in moves.Changed) over += group.IsOverLimit(to) ? 1 : 0;
        return over;
    }

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var over = 0;
        foreach (var group in moves.ChangedOf[i]) over += group.WouldBreakLimit(to, i, moves.Board.Destinations.List[place].Node) ? 1 : 0;
        return over;
    }

    internal override long AtLeast(PartialPlan partial) => partial.OverLimit;

    internal override long Greatest(Board board) => board.Groups.Length;
}
