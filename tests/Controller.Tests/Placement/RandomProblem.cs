using System.Collections.Immutable;
using Forewarn.Controller.Placement;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Tests.Placement;

/// <summary>A small cluster, a job on it and some trouble, all by the seed.</summary>
internal static class RandomProblem
{
    private const int RanksPerSeat = 8;
    private const int MostFree = 12; // so that all plans can be tried

    public static PlacementProblem Of(int seed)
    {
        var random = new Random(seed);
        var domain = random.Next(1, 5);
        var graph = new FatTree(random.Next(16, 65), domain, random.Next(1, 4), random.Next(2, 4)).Graph;
        var nodes = graph.Nodes.Length;
        var size = random.Next(4, 11);
        var start = random.Next(nodes - size);
        var homes = Enumerable.Range(start, size).Select(node => random.Next(5) == 0 ? random.Next(nodes) : node).Distinct().ToList();
        ImmutableArray<Seat> seats = [.. homes.Select((node, seat) => new Seat(node, [.. Enumerable.Range(seat * RanksPerSeat, RanksPerSeat)], RanksPerSeat))];
        return new()
        {
            Graph = graph,
            Seats = seats,
            Groups = [.. Groups(random, graph, seats)],
            Troubles = [.. Troubles(random, graph, homes)],
            RiskAccepted = 0.1,
            Candidates = [.. Candidates(random, nodes)],
            Classes = ["h", "a"],
            Quotas = random.Next(4) == 0 ? [new("p", random.Next(3))] : [],
            StateCopies = [.. seats.Select((_, seat) => new StateCopy(seat, random.Next(nodes))).Where(_ => random.Next(2) == 0)],
        };
    }

    private static IEnumerable<RankGroup> Groups(Random random, TopologyGraph graph, ImmutableArray<Seat> seats)
    {
        var width = random.Next(2, 5);
        for (var first = 0; first + width <= seats.Length; first += width)
        {
            var members = seats.AsSpan().Slice(first, width).ToArray();
            var now = members.Max(seat => graph.Distance(members[0].Node, seat.Node));
            int? limit = random.Next(2) == 0 ? null : Math.Min(graph.Top, Math.Max(now, random.Next(1, 4)));
            yield return new(RankGroupKind.Tensor, [.. members.SelectMany(seat => seat.Ranks)], random.Next(1, 100), now > graph.Top ? null : limit);
        }

        for (var lane = 0; lane < RanksPerSeat; lane++)
        {
            yield return new(RankGroupKind.Data, [.. seats.Select(seat => seat.Ranks[lane])], 5);
        }

        if (random.Next(2) == 0) yield return new(RankGroupKind.Pipeline, [.. seats.Where((_, seat) => seat % 2 == 0).Select(seat => seat.Ranks[0])], random.Next(1, 40));
    }

    private static IEnumerable<Trouble> Troubles(Random random, TopologyGraph graph, List<int> homes)
    {
        var first = homes[random.Next(homes.Count)];
        if (random.Next(4) == 0)
        {
            foreach (var node in Enumerable.Range(0, graph.Nodes.Length).Where(node => graph.Distance(node, first) <= TopologyLevel.Domain)) yield return new(node, true);
        }
        else yield return new(first, random.Next(2) == 0, 0.3);

        foreach (var node in homes.Where(node => node != first && random.Next(6) == 0).Take(2)) yield return new(node, false, random.Next(2) == 0 ? 0.05 : 0.5);
    }

    private static IEnumerable<Candidate> Candidates(Random random, int nodes)
    {
        var fill = random.Next(50, 95);
        var free = Enumerable.Range(0, nodes).Where(_ => random.Next(100) >= fill).ToArray();
        random.Shuffle(free);
        foreach (var node in free.Take(MostFree))
        {
            yield return new(node, random.Next(10) switch { 0 => "x", 1 => "a", _ => "h" }, random.Next(12) == 0 ? 0x0Ful : 0xFF, (Readiness)random.Next(3), random.NextDouble() / 20)
            {
                Pool = random.Next(2) == 0 ? "p" : null,
                IsQuarantined = random.Next(12) == 0,
            };
        }
    }
}
