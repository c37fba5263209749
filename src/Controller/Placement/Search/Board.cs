using System.Numerics;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement.Search;

/// <summary>A problem in numbers: what is the same for every plan of it.</summary>
internal sealed class Board
{
    private readonly List<int>[] _groupsOf;
    private readonly long[] _groupSpan;
    private readonly int[] _times; // state: local, peer, store; start: warm, free, pre-empted; ms
    private readonly HashSet<(int Seat, int Node)> _copies = [];
    private readonly Dictionary<int, int[]> _containers = [];
    private readonly bool[] _hasCopy;
    private readonly long[] _quickest;

    public Board(PlacementProblem problem, PlacementPolicy policy)
    {
        (Problem, Policy, Graph) = (problem, policy, problem.Graph);
        var isTroubled = new bool[Graph.Nodes.Length];
        IsLeaving = new bool[problem.Seats.Length];
        foreach (var trouble in problem.Troubles) isTroubled[trouble.Node] = true;
        for (var seat = 0; seat < problem.Seats.Length; seat++)
        {
            var node = problem.Seats[seat].Node;
            IsLeaving[seat] = isTroubled[node] && problem.Troubles.Any(one => one.Node == node && (one.IsFailed || one.Risk > problem.RiskAccepted));
        }

        Destinations = new(problem, isTroubled);
        Groups = SeatGroup.Of(problem);
        _groupsOf = [.. problem.Seats.Select(_ => new List<int>())];
        for (var group = 0; group < Groups.Length; group++)
        {
            foreach (var seat in Groups[group].Seats) _groupsOf[seat].Add(group);
        }

        _groupSpan = [.. Groups.Select(SpanNow)];
        SpanNowAll = _groupSpan.Sum();
        _hasCopy = new bool[problem.Seats.Length];
        foreach (var copy in problem.StateCopies)
        {
            if (isTroubled[copy.Node]) continue;
            _copies.Add((copy.Seat, copy.Node));
            _hasCopy[copy.Seat] = true;
        }

        _quickest = new long[problem.Seats.Length];
        Array.Fill(_quickest, -1);
        var times = problem.Times;
        _times = [.. new[] { times.LocalState, times.PeerState, times.StoredState, times.WarmStart, times.FreeStart, times.PreemptedStart }
            .Select(time => (int)time.TotalMilliseconds)];
        FaultDomains = FaultDomainsOf(problem);
        ReplicaOf = new int[problem.Seats.Length];
        Array.Fill(ReplicaOf, -1);
        for (var replica = 0; replica < problem.Replicas.Length; replica++)
        {
            foreach (var seat in problem.Replicas[replica]) ReplicaOf[seat] = replica;
        }

        Stock = new(this);
        HasData = DataGroups(problem);
    }

    public PlacementProblem Problem { get; }

    public PlacementPolicy Policy { get; }

    public TopologyGraph Graph { get; }

    public Destinations Destinations { get; }

    public SeatGroup[] Groups { get; }

    /// <summary>Whether the seat cannot stay.</summary>
    public bool[] IsLeaving { get; }

    /// <summary>The replica of each seat, or -1.</summary>
    public int[] ReplicaOf { get; }

    /// <summary>Which failure domains have a node in trouble.</summary>
    public bool[] FaultDomains { get; }

    /// <summary>Groups of the graph that have a node with the job's data; null where the job has none.</summary>
    public bool[]? HasData { get; }

    /// <summary>What is free beneath each group.</summary>
    public Stock Stock { get; }

    /// <summary>The span of the job as it stands.</summary>
    public long SpanNowAll { get; }

    public int Seats => Problem.Seats.Length;

    /// <summary>-log(1 - chance) in millionths; a certain failure counts as a chance of 1 - 10⁻⁶.</summary>
    public static long RiskOf(double chance) => (long)Math.Round(-Math.Log(1 - Math.Clamp(chance, 0, 1 - 1e-6)) * 1e6);

    public List<int> GroupsOf(int seat) => _groupsOf[seat];

    public long SpanNowOf(int group) => _groupSpan[group];

    public bool Fits(int seat, int place) => BitOperations.PopCount(Destinations.List[place].FreeCards) >= Problem.Seats[seat].Cards;

    /// <summary>Milliseconds until the seat's ranks have their state and run there; groups not counted.</summary>
    public long TimeOf(int seat, int place)
    {
        ref readonly var destination = ref Destinations.List[place];
        var state = !_hasCopy[seat] ? 2 : _copies.Contains((seat, destination.Node)) ? 0 : 1;
        return _times[state] + _times[3 + (int)destination.Readiness];
    }

    /// <summary>The least that <see cref="TimeOf"/> can be for the seat; 0 where it fits nowhere.</summary>
    public long QuickestOf(int seat)
    {
        if (_quickest[seat] >= 0) return _quickest[seat];
        var least = long.MaxValue;
        for (var place = 0; place < Destinations.List.Length; place++)
        {
            if (Fits(seat, place)) least = Math.Min(least, TimeOf(seat, place));
        }

        return _quickest[seat] = least == long.MaxValue ? 0 : least;
    }

    /// <summary>The highest group of at most this level above the node, or -1: two nodes are that near exactly if they share it.</summary>
    public int Container(int node, int level)
    {
        for (var at = Math.Min(level, Graph.Top); at >= TopologyLevel.Domain; at--)
        {
            if (Graph.GroupOf(node, at) is >= 0 and var group) return group;
        }

        return -1;
    }

    /// <summary>All groups at most so high that have a destination, as <see cref="Container"/> gives them.</summary>
    public int[] ContainersAt(int level)
    {
        if (!_containers.TryGetValue(level, out var list))
            _containers.Add(level, list = [.. Destinations.List.Select(one => Container(one.Node, level)).Where(group => group >= 0).Distinct()]);
        return list;
    }

    private long SpanNow(SeatGroup group)
    {
        var (sum, first) = (0L, Problem.Seats[group.Seats[0]].Node);
        for (var i = 1; i < group.Seats.Length; i++)
        {
            var node = Problem.Seats[group.Seats[i]].Node;
            if (group.Links == Links.All) sum = Math.Max(sum, Graph.Distance(first, node));
            else sum += Graph.Distance(Problem.Seats[group.Seats[i - 1]].Node, node);
        }

        if (group.Links == Links.Ring && group.Seats.Length > 2) sum += Graph.Distance(Problem.Seats[group.Seats[^1]].Node, first);
        return sum * group.Weight;
    }

    private static bool[] FaultDomainsOf(PlacementProblem problem)
    {
        var graph = problem.Graph;
        var faulty = new bool[graph.FailureDomainNames.Length];
        foreach (var trouble in problem.Troubles)
        {
            for (var kind = 0; kind < graph.FailureDomainKinds.Length; kind++)
            {
                if (graph.FailureDomainOf(trouble.Node, kind) is >= 0 and var domain) faulty[domain] = true;
            }
        }

        return faulty;
    }

    private static bool[]? DataGroups(PlacementProblem problem)
    {
        if (problem.DataNodes.IsEmpty) return null;
        var graph = problem.Graph;
        var flags = new bool[graph.Groups.Length + graph.Nodes.Length];
        foreach (var node in problem.DataNodes)
        {
            flags[graph.Groups.Length + node] = true;
            for (var level = TopologyLevel.Domain; level <= graph.Top; level++)
            {
                if (graph.GroupOf(node, level) is >= 0 and var group) flags[group] = true;
            }
        }

        return flags;
    }
}
