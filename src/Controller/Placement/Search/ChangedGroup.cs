namespace Forewarn.Controller.Placement.Search;

/// <summary>A group some of whose seats move: what those who stay fix, and what each who moves adds.</summary>
internal sealed class ChangedGroup
{
    private readonly MoveSet _moves;
    private readonly SeatGroup _group;
    private readonly int[] _moving;           // places among those who move
    private readonly int _keptNode = -1;      // of a group of all with all: somebody who stays
    private readonly int _keptDistance;       // and how far apart those who stay are
    private readonly long _keptLinks;         // of a ring or chain: between those who stay
    private readonly List<(int One, int Other)> _links = []; // seats, at least one of which moves
    private readonly ILookup<int, int> _partners;            // the seats that somebody who moves is linked with

    public ChangedGroup(MoveSet moves, SeatGroup group)
    {
        (_moves, _group) = (moves, group);
        var present = group.Seats.Where(seat => !moves.IsGivenUp(seat)).ToArray();
        _moving = [.. present.Where(seat => moves.IndexOf[seat] >= 0).Select(seat => moves.IndexOf[seat])];
        var (graph, seats) = (moves.Board.Graph, moves.Board.Problem.Seats);
        if (group.Links == Links.All || group.Limit != SeatGroup.NoLimit)
        {
            foreach (var node in present.Where(seat => moves.IndexOf[seat] < 0).Select(seat => seats[seat].Node))
            {
                if (_keptNode < 0) _keptNode = node;
                else _keptDistance = Math.Max(_keptDistance, graph.Distance(_keptNode, node));
            }
        }

        for (var i = 0; i < present.Length && group.Links != Links.All; i++)
        {
            var next = i + 1 < present.Length ? present[i + 1] : group.Links == Links.Ring && present.Length > 2 ? present[0] : -1;
            if (next < 0) continue;
            if (moves.IndexOf[present[i]] >= 0 || moves.IndexOf[next] >= 0) _links.Add((present[i], next));
            else _keptLinks += graph.Distance(seats[present[i]].Node, seats[next].Node);
        }

        _partners = _links.Concat(_links.Select(link => (One: link.Other, Other: link.One))).ToLookup(link => link.One, link => link.Other);
    }

    /// <summary>Its span, weighted.</summary>
    public long Span(ReadOnlySpan<int> to)
    {
        if (_group.Links == Links.All) return _group.Weight * Distance(to);
        var (sum, graph) = (_keptLinks, _moves.Board.Graph);
        foreach (var (one, other) in _links)
        {
            var (a, b) = (_moves.NodeOf(one, to), _moves.NodeOf(other, to));
            if (a >= 0 && b >= 0) sum += graph.Distance(a, b);
        }

        return _group.Weight * sum;
    }

    /// <summary>By how much its span grows when this one goes there, the others being where <paramref name="to"/> has them.</summary>
    public long SpanAdded(ReadOnlySpan<int> to, int i, int node)
    {
        var graph = _moves.Board.Graph;
        if (_group.Links == Links.All)
        {
            var (first, apart) = Placed(to, i);
            return first < 0 ? 0 : _group.Weight * (Math.Max(apart, graph.Distance(first, node)) - apart);
        }

        var sum = 0L;
        foreach (var seat in _partners[_moves.Seats[i]])
        {
            if (_moves.NodeOf(seat, to) is >= 0 and var partner) sum += graph.Distance(partner, node);
        }

        return _group.Weight * sum;
    }

    /// <summary>Whether its seats are farther apart than it bears.</summary>
    public bool IsOverLimit(ReadOnlySpan<int> to) => _group.Limit != SeatGroup.NoLimit && Distance(to) > _group.Limit;

    /// <summary>Whether this one, placed there, would be what breaks the limit.</summary>
    public bool WouldBreakLimit(ReadOnlySpan<int> to, int i, int node)
    {
        if (_group.Limit == SeatGroup.NoLimit) return false;
        var (first, apart) = Placed(to, i);
        return first >= 0 && apart <= _group.Limit && _moves.Board.Graph.Distance(first, node) > _group.Limit;
    }

    private int Distance(ReadOnlySpan<int> to) => Placed(to, -1).Distance;

    /// <summary>One of those who have a node, and how far apart they all are; without <paramref name="except"/>.</summary>
    private (int Node, int Distance) Placed(ReadOnlySpan<int> to, int except)
    {
        var (first, apart, list, graph) = (_keptNode, _keptDistance, _moves.Board.Destinations.List, _moves.Board.Graph);
        foreach (var i in _moving)
        {
            if (i == except || to[i] < 0) continue;
            if (first < 0) first = list[to[i]].Node;
            else apart = Math.Max(apart, graph.Distance(first, list[to[i]].Node));
        }

        return (first, apart);
    }
}
