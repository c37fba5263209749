using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>How long the job stands: the slowest seat's state and start, and every group that must build its communicator anew.</summary>
public sealed class Downtime : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "downtime";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost / 1000.0:0.0} s of downtime";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var slowest = 0L;
        for (var i = 0; i < to.Length; i++)
        {
            if (to[i] >= 0) slowest = Math.Max(slowest, moves.Board.TimeOf(moves.Seats[i], to[i]));
        }

        return slowest + (moves.Changed.Length * Rebuild(moves.Board));
    }

    // Where somebody finds no node it may be the slowest.
    internal override long AtLeast(PartialPlan partial) => (partial.Shortage > 0 ? 0 : partial.SlowestSeat) + (partial.GroupsRebuilt * Rebuild(partial.Board));

    private static long Rebuild(Board board) => (long)board.Problem.Times.GroupRebuild.TotalMilliseconds;
}
