using System.Numerics;
using Forewarn.Controller.Placement;

namespace Forewarn.Controller.Tests.Placement;

/// <summary>
/// The best plan there is, by trying them all: every seat stays if it can, goes to any node, or finds none. It shares no code with the planner but the
/// distances, and cuts a branch only when what is already fixed costs as much as the best plan known; the first known is the one that is on trial.
/// </summary>
internal sealed class ExactPlacement
{
    private const int Stays = -1;
    private const int Nowhere = -2;

    private readonly PlacementProblem _problem;
    private readonly int[] _order;
    private readonly bool[] _isLeaving;
    private readonly List<Candidate> _open;
    private readonly int[] _to;
    private readonly bool[] _isFixed;
    private readonly bool[] _isTaken;
    private readonly (RankGroup Group, int[] Seats, bool IsFirst)[] _groups; // of those that use the same seats alike, one counts

    public ExactPlacement(PlacementProblem problem, PlacementPlan onTrial)
    {
        _problem = problem;
        _isLeaving = [.. problem.Seats.Select(seat => problem.Troubles.Any(one => one.Node == seat.Node && (one.IsFailed || one.Risk > problem.RiskAccepted)))];
        _order = [.. Enumerable.Range(0, problem.Seats.Length).OrderByDescending(seat => _isLeaving[seat])];
        _open = [.. problem.Candidates.Where(one => !one.IsQuarantined && problem.Classes.Contains(one.Class)
            && problem.Troubles.All(trouble => trouble.Node != one.Node) && problem.Seats.All(seat => seat.Node != one.Node))];
        (_to, _isFixed, _isTaken) = (new int[problem.Seats.Length], new bool[problem.Seats.Length], new bool[_open.Count]);
        var seen = new HashSet<string>();
        _groups =
        [
            .. problem.Groups.Select(group => (Group: group, Seats: group.Ranks.Select(SeatOf).Distinct().ToArray())).Where(one => one.Seats.Length > 1)
                .Select(one => (one.Group, one.Seats, seen.Add($"{one.Group.Kind} {one.Group.Limit} {string.Join(',', one.Seats)}"))),
        ];
        Best = OnTrial = CostsOf(onTrial);
        Try(0);
    }

    /// <summary>What the plan costs that is on trial, counted here.</summary>
    public (long Infeasible, long Downtime, long Ranks, long Span) OnTrial { get; }

    /// <summary>Infeasibility, milliseconds of downtime, ranks moved, span.</summary>
    public (long Infeasible, long Downtime, long Ranks, long Span) Best { get; private set; }

    private (long Infeasible, long Downtime, long Ranks, long Span) CostsOf(PlacementPlan plan)
    {
        Array.Fill(_isFixed, true);
        for (var seat = 0; seat < _to.Length; seat++)
        {
            var node = plan.Nodes[seat];
            _to[seat] = node < 0 ? Nowhere : node == _problem.Seats[seat].Node ? Stays : _open.FindIndex(one => one.Node == node);
            Assert.False(_to[seat] == Stays && _isLeaving[seat]);
            if (_to[seat] < 0) continue;
            Assert.False(_isTaken[_to[seat]]);
            Assert.True(BitOperations.PopCount(_open[_to[seat]].FreeCards) >= _problem.Seats[seat].Cards);
            _isTaken[_to[seat]] = true;
        }

        var costs = Costs();
        Array.Clear(_isFixed);
        Array.Clear(_isTaken);
        return costs;
    }

    private void Try(int depth)
    {
        var costs = Costs();
        if (costs.CompareTo(Best) >= 0) return;
        if (depth == _order.Length)
        {
            Best = costs;
            return;
        }

        var seat = _order[depth];
        _isFixed[seat] = true;
        if (!_isLeaving[seat]) Go(seat, Stays, depth);
        for (var place = 0; place < _open.Count; place++)
        {
            if (_isTaken[place] || BitOperations.PopCount(_open[place].FreeCards) < _problem.Seats[seat].Cards) continue;
            _isTaken[place] = true;
            Go(seat, place, depth);
            _isTaken[place] = false;
        }

        if (_isLeaving[seat]) Go(seat, Nowhere, depth);
        _isFixed[seat] = false;
    }

    private void Go(int seat, int to, int depth)
    {
        _to[seat] = to;
        Try(depth + 1);
    }

    /// <summary>Of what is fixed; each of them only grows with what is fixed later.</summary>
    private (long Infeasible, long Downtime, long Ranks, long Span) Costs()
    {
        var (without, slowest, ranks, over, rebuilt, span) = (0L, 0L, 0L, 0L, 0L, 0L);
        for (var seat = 0; seat < _to.Length; seat++)
        {
            if (!_isFixed[seat] || _to[seat] == Stays) continue;
            ranks += _problem.Seats[seat].Ranks.Length;
            if (_to[seat] == Nowhere) without++;
            else slowest = Math.Max(slowest, Time(seat, _open[_to[seat]]));
        }

        foreach (var quota in _problem.Quotas)
            without += Math.Max(0, Enumerable.Range(0, _open.Count).Count(place => _isTaken[place] && _open[place].Pool == quota.Pool) - quota.NodesLeft);
        foreach (var (group, seats, isFirst) in _groups)
        {
            var isTouched = false;
            var nodes = new int[seats.Length];
            for (var i = 0; i < seats.Length; i++)
            {
                isTouched |= isFirst && _isFixed[seats[i]] && _to[seats[i]] != Stays;
                nodes[i] = NodeOf(seats[i]);
            }

            var widest = Widest(nodes);
            if (isTouched) rebuilt++;
            if (isTouched && widest > (group.Limit ?? int.MaxValue)) over++;
            span += group.Mebibytes * (group.Kind is RankGroupKind.Data or RankGroupKind.Pipeline ? Links(nodes, group.Kind == RankGroupKind.Data) : widest);
        }

        return (over + (1000 * without), slowest + (rebuilt * (long)_problem.Times.GroupRebuild.TotalMilliseconds), ranks, span);
    }

    private int Widest(int[] nodes)
    {
        var widest = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            for (var other = i + 1; other < nodes.Length; other++)
            {
                if (nodes[i] >= 0 && nodes[other] >= 0) widest = Math.Max(widest, _problem.Graph.Distance(nodes[i], nodes[other]));
            }
        }

        return widest;
    }

    private long Links(int[] nodes, bool isRing)
    {
        var sum = 0L;
        for (var i = 0; i < nodes.Length; i++)
        {
            var next = i + 1 < nodes.Length ? i + 1 : isRing && nodes.Length > 2 ? 0 : i;
            if (next != i && nodes[i] >= 0 && nodes[next] >= 0) sum += _problem.Graph.Distance(nodes[i], nodes[next]);
        }

        return sum;
    }

    private int SeatOf(int rank) => Enumerable.Range(0, _problem.Seats.Length).First(seat => _problem.Seats[seat].Ranks.Contains(rank));

    private int NodeOf(int seat) => !_isFixed[seat] || _to[seat] == Nowhere ? -1 : _to[seat] == Stays ? _problem.Seats[seat].Node : _open[_to[seat]].Node;

    private long Time(int seat, Candidate to)
    {
        var times = _problem.Times;
        var copies = _problem.StateCopies.Where(copy => copy.Seat == seat && _problem.Troubles.All(trouble => trouble.Node != copy.Node)).ToList();
        var state = copies.Count == 0 ? times.StoredState : copies.Any(copy => copy.Node == to.Node) ? times.LocalState : times.PeerState;
        var start = to.Readiness switch { Readiness.WarmSpare => times.WarmStart, Readiness.Free => times.FreeStart, _ => times.PreemptedStart };
        return (long)(state + start).TotalMilliseconds;
    }
}
