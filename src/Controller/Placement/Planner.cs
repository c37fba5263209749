using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement;

/// <summary>Finds new nodes for a job that cannot stay where it is. Knows neither clock nor chance: the same problem yields the same plan.</summary>
public static class Planner
{
    // Own figure: within it small clusters are searched through, and a rack of 10,000 nodes is planned in some ten milliseconds.
    private const long MostEffort = 100_000;

    // With more combinations of replicas only those with most ranks in trouble are looked at.
    private const int MostCombinations = 64;

    /// <summary>The best plan of a job by this policy. It is feasible unless there is no way; then it says what is missing.</summary>
    public static PlacementPlan Plan(PlacementProblem problem, PlacementPolicy policy)
    {
        var board = new Board(problem, policy);
        var contest = new Contest(policy);
        new RegionSearch(board, contest, new(MostEffort)).Run(new bool[problem.Replicas.Length]);
        for (var given = 1; given <= problem.Replicas.Length - problem.FewestReplicas && contest.Best!.Costs[0] > 0; given++)
        {
            foreach (var replicas in ToGiveUp(board, given))
            {
                var isGivenUp = new bool[problem.Replicas.Length];
                foreach (var replica in replicas) isGivenUp[replica] = true;
                new RegionSearch(board, contest, new(MostEffort / 8)).Run(isGivenUp);
            }
        }

        return new PlanReport(board, contest).ToPlan();
    }

    /// <summary>Which replicas could be given up, those with most seats in trouble first.</summary>
    private static IEnumerable<int[]> ToGiveUp(Board board, int count)
    {
        var replicas = board.Problem.Replicas;
        int[] ordered = [.. Enumerable.Range(0, replicas.Length).OrderByDescending(replica => replicas[replica].Count(seat => board.IsLeaving[seat]))];
        return Combinations.Of(ordered.Length, count).Take(MostCombinations).Select(places => places.Select(place => ordered[place]).ToArray());
    }
}
