namespace Forewarn.Controller.Placement.Search;

/// <summary>Which seats look for a node, which stay and which are given up, and what that fixes already.</summary>
internal sealed class MoveSet
{
    public const int Nowhere = -1;

    private readonly bool[] _isReplicaGivenUp;

    public MoveSet(Board board, IEnumerable<int> seats, bool[] isReplicaGivenUp)
    {
        (Board, Seats, _isReplicaGivenUp) = (board, [.. seats.Order()], isReplicaGivenUp);
        ReplicasGivenUp = isReplicaGivenUp.Count(given => given);
        IndexOf = new int[board.Seats];
        Array.Fill(IndexOf, -1);
        for (var i = 0; i < Seats.Length; i++) IndexOf[Seats[i]] = i;
        var changed = ChangedGroups().ToArray();
        Changed = [.. changed.Select(group => new ChangedGroup(this, board.Groups[group]))];
        ChangedOf = [.. Seats.Select(seat => board.GroupsOf(seat).Select(group => Changed[Array.BinarySearch(changed, group)]).ToArray())];
        UnchangedSpan = board.SpanNowAll - changed.Sum(board.SpanNowOf);
        Ranks = Seats.Sum(seat => board.Problem.Seats[seat].Ranks.Length);
    }

    public Board Board { get; }

    /// <summary>Those who move, sorted; everything else speaks of them by their place here.</summary>
    public int[] Seats { get; }

    /// <summary>The place of a seat among those who move, or -1.</summary>
    public int[] IndexOf { get; }

    /// <summary>Groups that have somebody who moves or was given up.</summary>
    public ChangedGroup[] Changed { get; }

    /// <summary>Of each who moves.</summary>
    public ChangedGroup[][] ChangedOf { get; }

    /// <summary>The span of all other groups.</summary>
    public long UnchangedSpan { get; }

    /// <summary>How many ranks move.</summary>
    public int Ranks { get; }

    public int ReplicasGivenUp { get; }

    public bool IsReplicaGivenUp(int replica) => _isReplicaGivenUp[replica];

    public bool IsGivenUp(int seat) => Board.ReplicaOf[seat] is >= 0 and var replica && _isReplicaGivenUp[replica];

    /// <summary>Whether the destination can be had at all: nodes of the job itself only once their replica is given up.</summary>
    public bool IsOpen(int place) => Board.Destinations.List[place].Replica is var replica && (replica < 0 || _isReplicaGivenUp[replica]);

    /// <summary>The node of a seat in a plan, or -1.</summary>
    public int NodeOf(int seat, ReadOnlySpan<int> to)
    {
        if (IndexOf[seat] is >= 0 and var i) return to[i] < 0 ? -1 : Board.Destinations.List[to[i]].Node;
        return IsGivenUp(seat) ? -1 : Board.Problem.Seats[seat].Node;
    }

    private SortedSet<int> ChangedGroups()
    {
        var changed = new SortedSet<int>();
        foreach (var seat in Seats) changed.UnionWith(Board.GroupsOf(seat));
        for (var replica = 0; replica < _isReplicaGivenUp.Length; replica++)
        {
            if (!_isReplicaGivenUp[replica]) continue;
            foreach (var seat in Board.Problem.Replicas[replica]) changed.UnionWith(Board.GroupsOf(seat));
        }

        return changed;
    }
}
