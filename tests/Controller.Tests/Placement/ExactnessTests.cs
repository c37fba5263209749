using Forewarn.Controller.Placement;

namespace Forewarn.Controller.Tests.Placement;

/// <summary>Plans of small clusters against the best that there are. A seed that breaks the promise is named.</summary>
public class ExactnessTests
{
    private const int Seeds = 400;
    private const int Blocks = 8;

    public static TheoryData<int> Starts => [.. Enumerable.Range(0, Blocks)];

    [Theory]
    [MemberData(nameof(Starts))]
    public void Infeasibility_downtime_and_ranks_moved_are_the_least_possible_and_ways_nearly(int block)
    {
        var (worse, wide, moved) = (new List<string>(), new List<string>(), 0);
        for (var seed = block * Seeds / Blocks; seed < (block + 1) * Seeds / Blocks; seed++)
        {
            var problem = RandomProblem.Of(seed);
            var plan = Planner.Plan(problem, PlacementPolicies.Default);
            var exact = new ExactPlacement(problem, plan);
            var (best, ours) = (exact.Best, exact.OnTrial);
            var costs = plan.Costs.ToDictionary(cost => cost.Term, cost => cost.Cost);
            Assert.Equal(ours, (costs["group-limit"] + (1000 * (costs["gang"] + costs["pool-quota"])), costs["downtime"], costs["ranks-moved"], costs["span"]));
            if ((ours.Infeasible, ours.Downtime, ours.Ranks) != (best.Infeasible, best.Downtime, best.Ranks)) worse.Add($"seed {seed}: {ours} against {best}");
            else if (ours.Span > best.Span * 1.02) wide.Add($"seed {seed}: span {ours.Span} against {best.Span}");
            moved += plan.Moves.Length;
        }

        Assert.Empty(worse);
        Assert.True(wide.Count <= Seeds / Blocks / 20, string.Join('\n', wide));
        Assert.True(moved > Seeds / Blocks);
    }
}
