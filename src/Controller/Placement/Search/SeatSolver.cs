namespace Forewarn.Controller.Placement.Search;

/// <summary>Finds nodes for those who move, once it is decided who they are and beneath which switch each must stay.</summary>
internal sealed class SeatSolver(Board board, Contest contest, Effort effort)
{
    /// <summary>More are placed one after the other.</summary>
    public const int MostTogether = 64;

    private const int MostChoices = 128; // of the nodes of a pool that stay open

    private static readonly Comparer<long[]> ByCosts = Comparer<long[]>.Create((one, other) => Contest.Compare(one, other));

    private readonly PackedCost _packed = new(board);
    private readonly bool[] _isBanned = new bool[board.Destinations.List.Length];

    /// <summary>Offers the plans that it finds to the contest.</summary>
    public void Solve(PartialPlan partial)
    {
        var moves = new MoveSet(board, partial.Seats, partial.IsReplicaGivenUp);
        int[] regions = [.. moves.Seats.Select(partial.RegionOf)];
        if (moves.Seats.Length == 1) One(moves, regions[0]);
        else if (moves.Seats.Length <= MostTogether) Together(moves, regions);
        else contest.Offer(moves, OneByOne(moves, regions));
    }

    private void One(MoveSet moves, int region)
    {
        Span<int> to = [MoveSet.Nowhere];
        var within = board.Destinations.Within(region);
        effort.Spend(within.Length);
        foreach (var place in within)
        {
            if (!MayTake(moves, 0, place)) continue;
            to[0] = place;
            contest.Offer(moves, to);
        }

        if (to[0] == MoveSet.Nowhere) contest.Offer(moves, to);
    }

    private void Together(MoveSet moves, int[] regions)
    {
        int[]? best = null;
        var least = (Missing: int.MaxValue, Limit: long.MaxValue);
        int[][] near = [];
        foreach (var limit in TimeLimits(moves, regions))
        {
            var found = WithinQuotas(moves, regions, limit, out var choices);
            var costs = (found.Count(place => place < 0), limit);
            if (best is null || costs.CompareTo(least) < 0) (best, least, near) = (found, costs, choices);
            if (least.Missing == 0) break;
        }

        new LocalSearch(board, contest, effort).Improve(moves, best!, regions, near);
    }

    /// <summary>
    /// The downtimes that a seat can cause: the first with which all find a node is the least. Behind them those that are too short for some, where not all find one anyway. One
    /// that is never reached where other things matter more.
    /// </summary>
    private IEnumerable<long> TimeLimits(MoveSet moves, int[] regions)
    {
        if (!IsTimeFirst()) return [long.MaxValue];
        var (times, least) = (new SortedSet<long>(), 0L);
        for (var i = 0; i < regions.Length; i++)
        {
            var quickest = long.MaxValue;
            foreach (var place in board.Destinations.Within(regions[i]))
            {
                if (!MayTake(moves, i, place)) continue;
                var time = board.TimeOf(moves.Seats[i], place);
                quickest = Math.Min(quickest, time);
                times.Add(time);
            }

            if (quickest != long.MaxValue) least = Math.Max(least, quickest);
        }

        return times.Count == 0 ? [long.MaxValue] : [.. times.Where(time => time >= least), .. times.Where(time => time < least)];
    }

    private bool IsTimeFirst()
    {
        foreach (var one in board.Policy.Tiers.Skip(1).SelectMany(tier => tier))
        {
            if (one.Term is Terms.Downtime) return true;
            if (one.Term.Greatest(board) > 0) return false;
        }

        return false;
    }

    /// <summary>Where too many would go to a pool with a quota, only so many of its nodes stay open: each choice of them is tried where there are few.</summary>
    private int[] WithinQuotas(MoveSet moves, int[] regions, long limit, out int[][] near)
    {
        var found = Assign(moves, regions, limit, out near);
        var quotas = board.Policy.Tiers[0].Any(one => one.Term is Terms.PoolQuota) ? board.Problem.Quotas : [];
        var list = board.Destinations.List;
        for (var pool = 0; pool < quotas.Length; pool++)
        {
            var taken = found.Count(place => place >= 0 && list[place].Pool == pool);
            if (taken <= quotas[pool].NodesLeft) continue;
            int[] all = [.. Enumerable.Range(0, list.Length).Where(place => list[place].Pool == pool && moves.IsOpen(place)).OrderBy(place => list[place].Risk)];
            (found, near) = Combinations.Of(all.Length, quotas[pool].NodesLeft).Take(MostChoices).Select(Choose).MinBy(choice => choice.Costs, ByCosts).Plan;
            foreach (var place in all) _isBanned[place] = !found.Contains(place);

            ((int[], int[][]) Plan, long[] Costs) Choose(int[] open)
            {
                foreach (var place in all) _isBanned[place] = true;
                foreach (var chosen in open) _isBanned[all[chosen]] = false;
                var to = Assign(moves, regions, limit, out var choices);
                var costs = new long[contest.Tiers];
                contest.Of(moves, to, costs);
                return ((to, choices), costs);
            }
        }

        if (!quotas.IsEmpty) Array.Clear(_isBanned);
        return found;
    }

    /// <summary>The assignment of least cost. Each needs only as many choices as there are seats: the others cannot take more than all but one.</summary>
    private int[] Assign(MoveSet moves, int[] regions, long limit, out int[][] near)
    {
        var seats = regions.Length;
        int[] nobody = [.. Enumerable.Repeat(MoveSet.Nowhere, seats)];
        near = new int[seats][];
        var choices = new Choices(seats);
        for (var i = 0; i < seats; i++)
        {
            choices.Clear();
            var within = board.Destinations.Within(regions[i]);
            effort.Spend(within.Length);
            foreach (var place in within)
            {
                if (!_isBanned[place] && MayTake(moves, i, place) && board.TimeOf(moves.Seats[i], place) <= limit) choices.Add(_packed.Of(moves, nobody, i, place), place);
            }

            near[i] = choices.Places();
        }

        int[] columns = [.. near.SelectMany(places => places).Distinct().Order()];
        var costs = new Int128[seats, columns.Length + seats];
        for (var i = 0; i < seats; i++)
        {
            var own = near[i].ToHashSet();
            for (var column = 0; column < columns.Length; column++)
                costs[i, column] = own.Contains(columns[column]) ? _packed.Of(moves, nobody, i, columns[column]) : PackedCost.Nowhere + 1;
            for (var column = columns.Length; column < columns.Length + seats; column++) costs[i, column] = PackedCost.Nowhere;
        }

        effort.Spend((long)seats * seats * columns.Length / 16);
        return [.. LeastCostAssignment.Solve(costs).Select(column => column < columns.Length ? columns[column] : MoveSet.Nowhere)];
    }

    private int[] OneByOne(MoveSet moves, int[] regions)
    {
        int[] to = [.. Enumerable.Repeat(MoveSet.Nowhere, regions.Length)];
        var isTaken = new bool[board.Destinations.List.Length];
        for (var i = 0; i < to.Length; i++)
        {
            var (best, least) = (MoveSet.Nowhere, Int128.MaxValue);
            foreach (var place in board.Destinations.Within(regions[i]))
            {
                if (isTaken[place] || !MayTake(moves, i, place) || _packed.Of(moves, to, i, place) is var cost && cost >= least) continue;
                (best, least) = (place, cost);
            }

            to[i] = best;
            if (best >= 0) isTaken[best] = true;
        }

        return to;
    }

    private bool MayTake(MoveSet moves, int i, int place) => board.Fits(moves.Seats[i], place) && moves.IsOpen(place);
}
