using Forewarn.Controller.Placement;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Tests.Placement;

public class PlannerTests
{
    [Fact]
    public void A_healthy_job_stays()
    {
        var plan = TestJob.On([8, 9], [], [10]).Plan();

        Assert.True(plan.IsFeasible);
        Assert.Empty(plan.Moves);
        Assert.Equal([8, 9], plan.Nodes.ToArray());
    }

    [Fact]
    public void A_suspect_is_left_only_above_the_risk_that_the_job_accepts()
    {
        var problem = TestJob.On([8, 9], [], [10]) with { Troubles = [new(9, false, 0.2)] };

        Assert.Equal([10], (problem with { RiskAccepted = 0.1 }).Plan().Moved());
        Assert.Empty((problem with { RiskAccepted = 0.3 }).Plan().Moves);
    }

    [Fact]
    public void Nobody_is_moved_to_a_node_in_trouble_in_quarantine_of_another_class_or_without_cards()
    {
        var job = TestJob.On([8, 9], [9], [8, 10, 11, 12, 13, 14, 20])
            .With(11, one => one with { IsQuarantined = true })
            .With(12, one => one with { Class = "x" })
            .With(13, one => one with { FreeCards = 0x7F })
            .With(14, one => one with { Pool = "p" });
        var plan = (job with { Quotas = [new("p", 0)], Troubles = job.Troubles.Add(new(10, false, 0.01)) }).Plan();

        Assert.Equal([20], plan.Moved());
        Assert.Contains(
            "Asked were 1 of 7 candidates; not 1 failed or suspect, 1 in quarantine, 1 of the job itself, 1 of a class that the job does not accept, "
            + "1 with too few free cards, 1 beyond the quota.",
            plan.Explanation);
    }

    [Fact]
    public void Only_cards_that_are_free_are_given()
        => Assert.Equal(
            [1, 4, 6], (TestJob.On([8], [8], [10]).With(10, one => one with { FreeCards = 0b1101_0010 }) with { Seats = [new(8, [0, 1, 2], 3)] }).Plan().Moves[0].Cards.ToArray());

    [Fact]
    public void A_gang_that_lacks_a_node_does_not_start()
    {
        var plan = TestJob.On([8, 9, 10], [9, 10], [20]).Plan();

        Assert.False(plan.IsFeasible);
        Assert.Single(plan.Unplaced);
        Assert.Single(plan.Moves);
        Assert.Contains("There is no way to run this job: 1 seats without a node. This is the least bad plan; it is not carried out.", plan.Explanation);
    }

    [Fact]
    public void A_group_that_bears_no_distance_moves_as_a_whole_where_it_must()
    {
        var plan = TestJob.On([8, 9, 30], [9], [16, 17, 20, 21, 22, 23]).Linked(TopologyLevel.Domain, 0, 1).Plan();

        Assert.True(plan.IsFeasible);
        Assert.Equal([16, 17], plan.Moved().Order());
        Assert.Contains(plan.Explanation, line => line.Contains("which is well, to stay with its group", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rack_that_is_lost_goes_to_a_whole_one()
    {
        var plan = TestJob.On([8, 9, 10, 11], [8, 9, 10, 11], [1, 5, 13, 20, 21, 22, 23, 40, 41]).Linked(null, 0, 1, 2, 3).Plan();

        Assert.Equal([20, 21, 22, 23], plan.Moved().Order());
        Assert.Equal(0, plan.Costs.Single(cost => cost.Term == "blocks-broken").Cost);
    }

    [Fact]
    public void A_job_shrinks_only_where_nothing_else_is_left()
    {
        var problem = TestJob.On([8, 9, 16, 17], [9, 17], [10]) with { Replicas = [[0, 1], [2, 3]], FewestReplicas = 1 };
        var shrunk = problem.Plan();

        Assert.True(shrunk.IsFeasible);
        Assert.Single(shrunk.ReplicasGivenUp);
        Assert.Contains("The job goes on without 1 of 2 replicas.", shrunk.Explanation);
        Assert.Empty((problem with { Candidates = [.. problem.Candidates, new(11, "h", 0xFF)] }).Plan().ReplicasGivenUp);
        Assert.False((problem with { FewestReplicas = 2 }).Plan().IsFeasible);
    }

    [Fact]
    public void A_replica_that_is_given_up_leaves_its_healthy_nodes_to_the_others()
    {
        var plan = (TestJob.On([8, 9, 16, 17], [9, 17], []) with { Replicas = [[0, 1], [2, 3]], FewestReplicas = 1 }).Plan();

        Assert.True(plan.IsFeasible);
        Assert.Equal([8, 16], plan.Nodes.Where(node => node >= 0).Order());
    }

    [Fact]
    public void A_plan_tells_what_goes_where_and_why_nothing_else()
    {
        var plan = TestJob.On([8, 9], [9], [10, 11, 20]).With(10, one => one with { Risk = 0.01 }).Linked(null, 0, 1).Plan();

        Assert.Equal(
            [
                "Policy least-downtime: least downtime, then fewest ranks moved, then shortest ways, then least risk, then what leaves most room for others.",
                "Ranks 8–15 go from n0009, which failed, to n0011, free, in the same scale-up domain domain2.",
                "1 of 2 nodes stay.",
                "Asked were 3 of 3 candidates.",
                "Costs: 196.0 s of downtime, 8 ranks moved, 1 nodes exchanged, 10 MiB·levels a step, 1 failure domains shared with a node in trouble, 2 nodes free around the new ones.",
                "Not taken: n0009 → n0010: 1 % chance that a new node fails against 0 % chance that a new node fails.",
                "Not taken: n0009 → n0020: 40 MiB·levels a step against 10 MiB·levels a step.",
            ],
            plan.Explanation.ToArray());
        Assert.Equal(["risk", "span"], plan.Alternatives.Select(one => one.LostBy));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_order_in_which_candidates_are_told_means_nothing(int seed)
    {
        for (var number = 0; number < 40; number++)
        {
            var problem = RandomProblem.Of((seed * 1000) + number);
            var shuffled = problem.Candidates.ToArray();
            new Random(seed).Shuffle(shuffled);
            Assert.Equal(problem.Plan().Explanation.ToArray(), (problem with { Candidates = [.. shuffled] }).Plan().Explanation.ToArray());
        }
    }

    [Fact]
    public void More_seats_than_are_assigned_together_find_their_nodes_too()
    {
        int[] all = [.. Enumerable.Range(0, 64)];
        var problem = TestJob.On(all, all, []) with { Graph = new FatTree(256, 4, 2, 2).Graph };
        var plan = (problem with { Candidates = [.. Enumerable.Range(100, 80).Select(node => new Candidate(node, "h", 0xFF))], Seats = [.. problem.Seats, new(70, [512], 8)], Troubles = [.. problem.Troubles, new(70, true)] })
            .Plan();

        Assert.True(plan.IsFeasible);
        Assert.Equal(65, plan.Moved().Distinct().Count());
    }

    [Fact]
    public void Policies_are_found_by_name_and_choose_differently()
    {
        var problem = TestJob.On([8, 9], [9], [10, 20]).With(10, one => one with { Risk = 0.05 }).Linked(null, 0, 1);

        Assert.Equal([10], problem.Plan(PlacementPolicies.Find("least-downtime")).Moved());
        Assert.Equal([20], problem.Plan(PlacementPolicies.Find("least-risk")).Moved());
        Assert.Null(PlacementPolicies.Find("best"));
        var names = PlacementPolicies.All.Select(policy => policy.Name).ToList();
        Assert.Equal(names.Distinct().Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Healthy_ranks_move_for_short_ways_only_where_the_policy_says_so()
    {
        var problem = TestJob.On([8, 9], [9], [20, 21]).Linked(null, 0, 1);

        Assert.Equal([20], problem.Plan().Moved());
        Assert.Equal([20, 21], problem.Plan(PlacementPolicies.Find("shortest-ways")).Moved().Order());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(18, 1)]
    [InlineData(1024, 8)]
    public void Spares_are_short_in_less_than_one_of_a_hundred_cases(int nodes, int spares)
        => Assert.Equal(spares, new SpareNeed(0.0065, TimeSpan.FromHours(12)).For(nodes));
}
