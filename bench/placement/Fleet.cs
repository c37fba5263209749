using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Controller.Placement;
using Forewarn.Controller.Topology;

namespace Forewarn.Bench.Placement;

/// <summary>A cluster with jobs on it, up to a share of its nodes, and one large job that loses nodes.</summary>
internal sealed class Fleet
{
    private const int RanksPerSeat = 8;

    // Sizes of jobs as on training clusters: many small ones, most nodes in large ones.
    private static readonly int[] Sizes = [1, 1, 2, 2, 4, 8, 8, 16, 32, 64, 128];

    private readonly Random _random;
    private readonly bool _hasBlocks;

    /// <param name="nodes">How many.</param>
    /// <param name="fill">Share of nodes at work, 0 to 1.</param>
    /// <param name="hasBlocks">Scale-up domains of 18, eight beneath a leaf; else leaves of 8. Four or sixteen leaves a spine.</param>
    /// <param name="seed">What else differs.</param>
    public Fleet(int nodes, double fill, bool hasBlocks, int seed)
    {
        (_random, _hasBlocks) = (new(seed), hasBlocks);
        Graph = GraphOf(nodes);
        var jobs = new List<int[]>();
        for (var next = 0; next < nodes;)
        {
            var size = Math.Min(nodes - next, Sizes[_random.Next(Sizes.Length)]);
            jobs.Add([.. Enumerable.Range(next, size)]);
            next += size;
        }

        var first = _random.Next(nodes - JobSize);
        Job = [.. Enumerable.Range(first - (first % UnitSize), JobSize)];
        var used = Job.ToHashSet();
        foreach (var job in jobs.OrderBy(_ => _random.Next()))
        {
            if (used.Count + job.Length <= fill * nodes) used.UnionWith(job);
        }

        Free = [.. Enumerable.Range(0, nodes).Where(node => !used.Contains(node))];
    }

    public TopologyGraph Graph { get; }

    /// <summary>The nodes of the job, seat by seat.</summary>
    public int[] Job { get; }

    public int[] Free { get; }

    // 128 nodes are 1,024 cards; with blocks seven whole ones.
    private int JobSize => _hasBlocks ? 126 : 128;

    /// <summary>The nodes that are lost together: a rack of 18 or a leaf of 8.</summary>
    private int UnitSize => _hasBlocks ? 18 : 8;

    public PlacementProblem Losing(bool isUnit)
    {
        var unit = _random.Next(JobSize / UnitSize) * UnitSize;
        int[] lost = isUnit ? Job[unit..(unit + UnitSize)] : [Job[_random.Next(JobSize)]];
        ImmutableArray<Seat> seats = [.. Job.Select((node, seat) => new Seat(node, [.. Enumerable.Range(seat * RanksPerSeat, RanksPerSeat)], RanksPerSeat))];
        return new()
        {
            Graph = Graph,
            Seats = seats,
            Groups = [.. Groups(seats)],
            Troubles = [.. lost.Select(node => new Trouble(node, true))],
            Candidates = [.. Free.Select(node => new Candidate(node, "gpu", 0xFF, Readiness.Free, _random.Next(4) / 1000.0))],
            Classes = ["gpu"],
            Spares = new(0.0065, TimeSpan.FromHours(12)),
        };
    }

    /// <summary>Experts on six nodes of one block, or on the eight of a leaf; a pipeline through the units; eight lanes of replicas.</summary>
    private IEnumerable<RankGroup> Groups(ImmutableArray<Seat> seats)
    {
        var width = _hasBlocks ? 6 : 8;
        for (var first = 0; first < seats.Length; first += width)
        {
            var ranks = seats.Skip(first).Take(width).SelectMany(seat => seat.Ranks);
            yield return new(RankGroupKind.Expert, [.. ranks], 4096, _hasBlocks ? TopologyLevel.Domain : null);
        }

        for (var seat = 0; seat < UnitSize; seat++)
            yield return new(RankGroupKind.Pipeline, [.. seats.Where((_, number) => number % UnitSize == seat).Select(one => one.Ranks[0])], 64);
        for (var lane = 0; lane < RanksPerSeat; lane++) yield return new(RankGroupKind.Data, [.. seats.Select(seat => seat.Ranks[lane])], 1024);
    }

    private TopologyGraph GraphOf(int nodes)
    {
        var (domain, perLeaf, perSpine) = _hasBlocks ? (18, 144, 4) : (0, 8, 16);
        string Leaf(int leaf) => "l" + leaf.ToString("000", CultureInfo.InvariantCulture);
        string Spine(int leaf) => "s" + (leaf / perSpine).ToString("00", CultureInfo.InvariantCulture);
        var leaves = Enumerable.Range(0, (nodes + perLeaf - 1) / perLeaf).ToList();
        return TopologyMerge.Of(
        [
            new(TopologySource.File, [.. Enumerable.Range(0, nodes).Select(node => new NodeFacts(
                "n" + node.ToString("00000", CultureInfo.InvariantCulture), domain == 0 ? null : "b" + (node / domain).ToString("000", CultureInfo.InvariantCulture), Leaf(node / perLeaf))
            {
                FailureDomains = ImmutableSortedDictionary<string, string>.Empty.Add("rack", (node / UnitSize).ToString(CultureInfo.InvariantCulture)),
            })])
            {
                Switches = [.. leaves.Select(leaf => new SwitchFacts(Leaf(leaf), Spine(leaf))), .. leaves.Select(leaf => new SwitchFacts(Spine(leaf), "core")).Distinct()],
            },
        ]).Graph;
    }
}
