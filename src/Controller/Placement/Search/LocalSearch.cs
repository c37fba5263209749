namespace Forewarn.Controller.Placement.Search;

/// <summary>
/// Betters a whole plan by small steps: one seat to another node, two seats exchanged. It sees what the assignment cannot, since that takes each seat by
/// itself: groups that move as a whole, spares and blocks of which several are taken.
/// </summary>
internal sealed class LocalSearch(Board board, Contest contest, Effort effort)
{
    private readonly long[] _costs = new long[contest.Tiers];
    private readonly long[] _tried = new long[contest.Tiers];

    /// <summary>Offers all that it comes by; <paramref name="near"/> are the nodes that are tried for each seat, the best first.</summary>
    public void Improve(MoveSet moves, int[] to, int[] regions, int[][] near)
    {
        contest.Of(moves, to, _costs);
        contest.Offer(moves, to, _costs);
        bool isBetter;
        do
        {
            isBetter = false;
            for (var i = 0; i < to.Length; i++)
            {
                foreach (var place in near[i]) isBetter |= place != to[i] && Try(moves, to, i, Array.IndexOf(to, place), place, regions);
            }

            for (var i = 0; i < to.Length; i++)
            {
                for (var other = i + 1; other < to.Length; other++) isBetter |= to[other] >= 0 && Try(moves, to, i, other, to[other], regions);
            }
        }
        while (isBetter && !effort.IsSpent);
    }

    /// <summary>Puts one on a node; who has it (-1: nobody) gets the other's, or none.</summary>
    private bool Try(MoveSet moves, int[] to, int i, int holder, int place, int[] regions)
    {
        var before = to[i];
        if (!IsIn(regions[i], place) || !board.Fits(moves.Seats[i], place)) return false;
        if (holder >= 0 && before >= 0 && (!IsIn(regions[holder], before) || !board.Fits(moves.Seats[holder], before))) return false;
        if (!effort.Spend(to.Length)) return false;
        to[i] = place;
        if (holder >= 0) to[holder] = before;
        contest.Of(moves, to, _tried);
        contest.Offer(moves, to, _tried);
        if (Contest.Compare(_tried, _costs) < 0)
        {
            _tried.CopyTo(_costs, 0);
            return true;
        }

        to[i] = before;
        if (holder >= 0) to[holder] = place;
        return false;
    }

    private bool IsIn(int region, int place) => region < 0 || board.Graph.GroupOf(board.Destinations.List[place].Node, board.Graph.Groups[region].Level) == region;
}
