using System.Collections.Immutable;
using Forewarn.Controller.Placement;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Tests.Placement;

/// <summary>Two plans that are alike but for one term: with it the one wins, without it the other.</summary>
public class TermTests
{
    private static readonly Dictionary<string, (PlacementProblem Problem, int[] With, int[] Without)> Cases = new()
    {
        ["group-limit"] = (Pair([10, 20]).Linked(TopologyLevel.Domain, 0, 1).With(20, one => one with { Readiness = Readiness.WarmSpare }), [10], [20]),
        ["pool-quota"] = (TestJob.On([8, 9, 30], [9, 30], [10, 11, 12]).With(10, Pooled).With(11, Pooled).With(12, one => one with { Risk = 0.1 }) with { Quotas = [new("p", 1)] },
            [10, 12], [10, 11]),
        ["downtime"] = (Pair([10, 11]).With(11, one => one with { Readiness = Readiness.WarmSpare }), [11], [10]),
        ["ranks-moved"] = (Gathered(ranks: 5, ofTwo: 4, riskOfBest: 0.1), [32, 33, 34], [40, 41]),
        ["nodes-moved"] = (Gathered(ranks: 4, ofTwo: 4, riskOfBest: 0.1), [40, 41], [32, 33, 34]),
        ["span"] = (Pair([0, 10]).Linked(null, 0, 1), [10], [0]),
        ["preemption"] = (Pair([10, 11]).With(10, one => one with { Readiness = Readiness.Preemptible }) with
        {
            Times = new() { PreemptedStart = TimeSpan.FromSeconds(90), FreeStart = TimeSpan.FromSeconds(90) },
        }, [11], [10]),
        ["node-class"] = (Pair([10, 11]).With(10, one => one with { Class = "a" }), [11], [10]),
        ["data-affinity"] = (Pair([10, 11]) with { DataNodes = [11] }, [11], [10]),
        ["risk"] = (Pair([10, 11]).With(10, one => one with { Risk = 0.01 }), [11], [10]),
        ["fault-neighbour"] = (Pair([10, 12]), [12], [10]),
        ["copy-apart"] = (TestJob.On([8, 20], [20], [10, 12]) with { CopyHolders = [new(1, 0)] }, [12], [10]),
        ["blocks-broken"] = (Leaves("aabbbbcc", free: [0, 1, 4, 5]), [4], [0]),
        ["spares-kept"] = (Leaves("aabbbbcc", free: [0, 4, 5]) with { Spares = new(0.01, TimeSpan.FromDays(1)) }, [4], [0]),
        ["bin-packing"] = (Pair([10, 11]).With(11, one => one with { FreeCards = 0x0F }) with
        {
            Seats = [new(8, [0], 4), new(9, [1], 4)],
        }, [11], [10]),
        ["tight-fit"] = (TestJob.On([8, 9], [9], [12, 13, 16]), [16], [12]),
    };

    public static TheoryData<string> Names => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_term_and_nothing_else_changes_the_choice(string term)
    {
        var (problem, with, without) = Cases[term];

        var plan = problem.Plan();
        Assert.True(plan.IsFeasible);
        Assert.Equal(with, plan.Moved().Order());
        Assert.Equal(without, problem.Plan(PlacementPolicies.Default.Without(term)).Moved().Order());
    }

    [Fact]
    public void Every_term_of_every_policy_is_shown_to_matter()
        => Assert.Equal(
            PlacementPolicies.All.SelectMany(policy => policy.Tiers).SelectMany(tier => tier).Select(one => one.Term.Name).Distinct().Order(),
            Cases.Keys.Concat(["gang", "shrink"]).Order()); // PlannerTests has these two: there is no plan without them

    /// <summary>Seats on n0008 and n0009, of which the latter failed.</summary>
    private static PlacementProblem Pair(int[] free) => TestJob.On([8, 9], [9], free);

    private static Candidate Pooled(Candidate one) => one with { Pool = "p" };

    /// <summary>
    /// A group that must stand in one domain: two seats in that of n0040, one in that of n0032, a fourth lost. Either the two come to the one, or it to them.
    /// </summary>
    private static PlacementProblem Gathered(int ranks, int ofTwo, double riskOfBest)
    {
        var problem = TestJob.On([42, 43, 35, 20], [20], [32, 33, 34, 40, 41]);
        ImmutableArray<Seat> seats =
        [
            new(42, [.. Enumerable.Range(0, ofTwo / 2)], 8), new(43, [.. Enumerable.Range(10, ofTwo / 2)], 8), new(35, [.. Enumerable.Range(20, ranks)], 8), new(20, [30], 8),
        ];
        return (problem with { Seats = seats }).Linked(TopologyLevel.Domain, 0, 1, 2, 3).With(40, one => one with { Risk = riskOfBest });
    }

    /// <summary>A node for each letter, beneath the leaf of that name; the job has the last two and loses the last.</summary>
    private static PlacementProblem Leaves(string leaves, int[] free)
    {
        var facts = leaves.Select((leaf, node) => new NodeFacts(FatTree.Name(node), null, leaf.ToString()));
        var graph = TopologyMerge.Of([new(TopologySource.File, [.. facts])]).Graph;
        return TestJob.On([leaves.Length - 2, leaves.Length - 1], [leaves.Length - 1], free) with { Graph = graph };
    }
}
