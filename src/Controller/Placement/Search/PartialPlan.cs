namespace Forewarn.Controller.Placement.Search;

/// <summary>A plan in the making: who must move by what was decided so far, and beneath which switch each must find its node.</summary>
internal sealed class PartialPlan
{
    public const int Anywhere = -1;

    private readonly bool[] _isMoving;
    private readonly bool[] _isRebuilt; // by group
    private readonly int[] _regions;    // by seat: a group of the graph
    private readonly int[] _chosen;     // by group: its container, Undecided or Anywhere

    private const int Undecided = -2;

    public PartialPlan(Board board, bool[] isReplicaGivenUp)
    {
        (Board, IsReplicaGivenUp) = (board, isReplicaGivenUp);
        ReplicasGivenUp = isReplicaGivenUp.Count(given => given);
        (_isMoving, _isRebuilt) = (new bool[board.Seats], new bool[board.Groups.Length]);
        (_regions, _chosen) = (new int[board.Seats], new int[board.Groups.Length]);
        Array.Fill(_regions, Anywhere);
        Array.Fill(_chosen, Undecided);
        for (var seat = 0; seat < board.Seats; seat++)
        {
            if (board.IsLeaving[seat] && !IsGivenUp(seat)) Add(seat);
        }

        Shortage = Math.Max(0, Seats.Count - board.Destinations.List.Length);
    }

    private PartialPlan(PartialPlan other)
    {
        (Board, IsReplicaGivenUp, ReplicasGivenUp) = (other.Board, other.IsReplicaGivenUp, other.ReplicasGivenUp);
        (_isMoving, _isRebuilt) = ([.. other._isMoving], [.. other._isRebuilt]);
        (_regions, _chosen) = ([.. other._regions], [.. other._chosen]);
        Seats.AddRange(other.Seats);
        (Ranks, GroupsRebuilt, SlowestSeat, OverLimit, Shortage) = (other.Ranks, other.GroupsRebuilt, other.SlowestSeat, other.OverLimit, other.Shortage);
    }

    public Board Board { get; }

    public bool[] IsReplicaGivenUp { get; }

    public int ReplicasGivenUp { get; }

    /// <summary>Who moves.</summary>
    public List<int> Seats { get; } = [];

    public int Ranks { get; private set; }

    public int GroupsRebuilt { get; private set; }

    /// <summary>Milliseconds: the slowest of those who move, each at its quickest.</summary>
    public long SlowestSeat { get; private set; }

    /// <summary>Groups that were allowed to be farther apart than they bear.</summary>
    public int OverLimit { get; private set; }

    /// <summary>At least so many will find no node.</summary>
    public int Shortage { get; private set; }

    /// <summary>How many must find their node beneath this switch.</summary>
    public int Claimed(int container)
    {
        var (claimed, level) = (0, Board.Graph.Groups[container].Level);
        foreach (var seat in Seats)
        {
            if (_regions[seat] is >= 0 and var region && Board.Graph.Groups[region].Level <= level && IsWithin(Board.Graph.Members(region)[0], container)) claimed++;
        }

        return claimed;
    }

    public int RegionOf(int seat) => _regions[seat];

    public bool IsMoving(int seat) => _isMoving[seat];

    public bool IsUndecided(int group) => _chosen[group] == Undecided;

    public bool IsPresent(int seat) => !IsGivenUp(seat);

    /// <summary>A copy in which the group need not keep together.</summary>
    public PartialPlan Apart(int group, bool isOverLimit)
    {
        var next = new PartialPlan(this);
        next._chosen[group] = Anywhere;
        next.OverLimit += isOverLimit ? 1 : 0;
        return next;
    }

    /// <summary>
    /// A copy in which whoever moves of the group goes beneath <paramref name="container"/>, and if <paramref name="isForAll"/> whoever is elsewhere moves. Null where that
    /// contradicts what was decided.
    /// </summary>
    public PartialPlan? Together(int group, int container, bool isForAll)
    {
        var next = new PartialPlan(this);
        next._chosen[group] = isForAll ? container : Anywhere;
        foreach (var seat in Board.Groups[group].Seats)
        {
            if (!IsPresent(seat)) continue;
            if (!next._isMoving[seat])
            {
                if (!isForAll || IsWithin(Board.Problem.Seats[seat].Node, container)) continue;
                if (!next.Add(seat)) return null;
            }

            if (!next.Restrict(seat, container)) return null;
        }

        next.Shortage = Math.Max(next.Shortage, next.Claimed(container) - Board.Destinations.Within(container).Length);
        return next;
    }

    private bool IsWithin(int node, int container) => Board.Graph.GroupOf(node, Board.Graph.Groups[container].Level) == container;

    private bool IsGivenUp(int seat) => Board.ReplicaOf[seat] is >= 0 and var replica && IsReplicaGivenUp[replica];

    private bool Add(int seat)
    {
        _isMoving[seat] = true;
        Seats.Add(seat);
        Ranks += Board.Problem.Seats[seat].Ranks.Length;
        SlowestSeat = Math.Max(SlowestSeat, Board.QuickestOf(seat));
        foreach (var group in Board.GroupsOf(seat))
        {
            if (!_isRebuilt[group]) GroupsRebuilt++;
            _isRebuilt[group] = true;
            if (_chosen[group] >= 0 && !Restrict(seat, _chosen[group])) return false;
        }

        return true;
    }

    /// <summary>Groups of the graph are nested or have nothing in common.</summary>
    private bool Restrict(int seat, int container)
    {
        var (graph, region) = (Board.Graph, _regions[seat]);
        if (region == Anywhere || (graph.Groups[container].Level < graph.Groups[region].Level && IsWithin(graph.Members(container)[0], region))) _regions[seat] = container;
        return region == Anywhere || _regions[seat] != region || IsWithin(graph.Members(region)[0], container);
    }
}
