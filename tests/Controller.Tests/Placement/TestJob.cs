using Forewarn.Controller.Placement;

namespace Forewarn.Controller.Tests.Placement;

/// <summary>A job on a cluster of eight-node leaves with two domains of four each, and two leaves a spine; what a test does not say is the same for all nodes.</summary>
internal static class TestJob
{
    /// <summary>One seat on each of the nodes, eight ranks each; those in <paramref name="failed"/> must move to one of <paramref name="free"/>.</summary>
    public static PlacementProblem On(int[] nodes, int[] failed, int[] free) => new()
    {
        Graph = new FatTree(nodes: 64, domain: 4, domainsPerLeaf: 2, leavesPerSpine: 2).Graph,
        Seats = [.. nodes.Select((node, seat) => new Seat(node, [.. Enumerable.Range(seat * 8, 8)], 8))],
        Troubles = [.. failed.Select(node => new Trouble(node, true))],
        Candidates = [.. free.Select(node => new Candidate(node, "h", 0xFF))],
        Classes = ["h", "a"],
    };

    public static PlacementProblem With(this PlacementProblem problem, int node, Func<Candidate, Candidate> change)
        => problem with { Candidates = [.. problem.Candidates.Select(one => one.Node == node ? change(one) : one)] };

    /// <summary>All ranks of these seats, all with all.</summary>
    public static PlacementProblem Linked(this PlacementProblem problem, int? limit, params int[] seats)
        => problem with { Groups = problem.Groups.Add(new(RankGroupKind.Tensor, [.. seats.SelectMany(seat => problem.Seats[seat].Ranks)], 10, limit)) };

    public static PlacementPlan Plan(this PlacementProblem problem, PlacementPolicy? policy = null) => Planner.Plan(problem, policy ?? PlacementPolicies.Default);

    public static int[] Moved(this PlacementPlan plan) => [.. plan.Moves.Select(move => int.Parse(move.To.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture))];
}
