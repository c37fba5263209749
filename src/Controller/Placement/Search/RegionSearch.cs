using Forewarn.Controller.Placement.Terms;

namespace Forewarn.Controller.Placement.Search;

/// <summary>
/// Decides who moves and beneath which switch, group by group, by branch and bound: a group that bears no distance may have to move as a whole, and one that
/// is lost as a whole should stay together. The most promising switch is tried first; what cannot be better than the best plan is not followed.
/// </summary>
internal sealed class RegionSearch(Board board, Contest contest, Effort effort)
{
    // Own figures: on the largest clusters that is some ten milliseconds; small ones are searched through.
    private const int MostSwitches = 64;
    private const int SwitchesOfMany = 12;
    private const int MostLooseGroups = 6;

    private readonly SeatSolver _solver = new(board, contest, effort);
    private readonly bool _areWaysFirst = TierOf<Span>(board.Policy) < TierOf<RanksMoved>(board.Policy);

    /// <summary>Offers plans to the contest until there is no better one, or the effort is spent.</summary>
    public void Run(bool[] isReplicaGivenUp)
    {
        var partial = new PartialPlan(board, isReplicaGivenUp);
        if (partial.Seats.Count <= SeatSolver.MostTogether) Decide(partial);
        else _solver.Solve(partial);
    }

    private bool IsOver(PartialPlan partial) => (effort.IsSpent && contest.Best is not null) || contest.IsHopeless(partial);

    private void Decide(PartialPlan partial)
    {
        if (IsOver(partial)) return;
        if (NextLimited(partial) is not (>= 0 and var group))
        {
            Gather(partial, LooseGroups(partial), 0);
            return;
        }

        var limit = board.Groups[group].Limit;
        foreach (var container in Ordered(partial, group, board.ContainersAt(limit).Union(Standing(partial, group, limit)), isForAll: true))
        {
            if (partial.Together(group, container, isForAll: true) is { } next) Decide(next);
        }

        Decide(partial.Apart(group, isOverLimit: true));
    }

    private void Gather(PartialPlan partial, List<int> groups, int at)
    {
        if (IsOver(partial)) return;
        if (at == groups.Count)
        {
            _solver.Solve(partial);
            return;
        }

        var moving = board.Groups[groups[at]].Seats.Count(partial.IsMoving);
        var containers = Enumerable.Range(1, board.Graph.Top).SelectMany(board.ContainersAt).Distinct().Where(one => board.Destinations.Within(one).Length >= moving);
        var isForAll = _areWaysFirst && board.Groups[groups[at]].Links == Links.All;
        foreach (var container in Ordered(partial, groups[at], containers, isForAll))
        {
            if (partial.Together(groups[at], container, isForAll) is { } next) Gather(next, groups, at + 1);
        }

        Gather(partial.Apart(groups[at], isOverLimit: false), groups, at + 1);
    }

    /// <summary>The group with the narrowest limit about which nothing is decided although somebody of it moves, or -1.</summary>
    private int NextLimited(PartialPlan partial)
    {
        var next = -1;
        foreach (var seat in partial.Seats)
        {
            foreach (var group in board.GroupsOf(seat))
            {
                if (board.Groups[group].Limit == SeatGroup.NoLimit || !partial.IsUndecided(group)) continue;
                if (next < 0 || (board.Groups[group].Limit, group).CompareTo((board.Groups[next].Limit, next)) < 0) next = group;
            }
        }

        return next;
    }

    /// <summary>Groups of which so many move that no place follows from those who stay; the largest first.</summary>
    private List<int> LooseGroups(PartialPlan partial)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return
        [
            .. partial.Seats.SelectMany(board.GroupsOf).Distinct()
                .Where(group => partial.IsUndecided(group) && IsLoose(partial, board.Groups[group]))
                .OrderByDescending(group => board.Groups[group].Seats.Count(partial.IsMoving)).ThenByDescending(group => board.Groups[group].Weight).ThenBy(group => group)
                .Where(group => seen.Add(string.Join(',', board.Groups[group].Seats.Where(seat => _areWaysFirst || partial.IsMoving(seat)).Order())))
                .Take(MostLooseGroups),
        ];
    }

    /// <summary>Where short ways are worth more than ranks that stay, those who stay may come along.</summary>
    private bool IsLoose(PartialPlan partial, SeatGroup group)
    {
        if (group.Links == Links.All && group.Seats.Any(seat => partial.IsPresent(seat) && !partial.IsMoving(seat))) return _areWaysFirst;
        return group.Seats.Count(partial.IsMoving) > 1;
    }

    private static int TierOf<T>(PlacementPolicy policy)
    {
        for (var tier = 0; tier < policy.Tiers.Length; tier++)
        {
            if (policy.Tiers[tier].Any(one => one.Term is T)) return tier;
        }

        return policy.Tiers.Length;
    }

    /// <summary>Where those of the group stand who need not move.</summary>
    private IEnumerable<int> Standing(PartialPlan partial, int group, int limit) => board.Groups[group].Seats
        .Where(seat => partial.IsPresent(seat) && !partial.IsMoving(seat))
        .Select(seat => board.Container(board.Problem.Seats[seat].Node, limit))
        .Where(container => container >= 0);

    /// <summary>Those with room first, then by the ranks that would have to come along, by the ways to everybody else, and the fullest.</summary>
    private IEnumerable<int> Ordered(PartialPlan partial, int group, IEnumerable<int> containers, bool isForAll)
    {
        var moves = new MoveSet(board, partial.Seats, partial.IsReplicaGivenUp);
        int[] nobody = [.. Enumerable.Repeat(MoveSet.Nowhere, moves.Seats.Length)];
        var seats = board.Groups[group].Seats;
        var keys = new List<(int Missing, int Ranks, long Ways, int Free, int Container)>();
        foreach (var container in containers)
        {
            var level = board.Graph.Groups[container].Level;
            var within = board.Destinations.Within(container);
            var (need, ranks, ways) = (0, 0, board.Groups[group].Weight * level * (board.Groups[group].Links == Links.All ? 1 : seats.Length));
            foreach (var seat in seats)
            {
                if (partial.IsMoving(seat))
                {
                    need++;
                    if (within.Length == 0) continue;
                    foreach (var changed in moves.ChangedOf[moves.IndexOf[seat]])
                        ways += changed.SpanAdded(nobody, moves.IndexOf[seat], board.Destinations.List[within[0]].Node);
                }
                else if (isForAll && partial.IsPresent(seat) && board.Graph.GroupOf(board.Problem.Seats[seat].Node, level) != container)
                {
                    need++;
                    ranks += board.Problem.Seats[seat].Ranks.Length;
                }
            }

            keys.Add((Math.Max(0, partial.Claimed(container) + need - within.Length), ranks, ways, within.Length, container));
        }

        effort.Spend(keys.Count * seats.Length / 4);
        keys.Sort();
        return keys.Take(keys.Count <= MostSwitches ? keys.Count : SwitchesOfMany).Select(key => key.Container);
    }
}
