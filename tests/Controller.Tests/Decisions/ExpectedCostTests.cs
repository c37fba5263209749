using Forewarn.Controller.Decisions;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Decisions;

public class ExpectedCostTests
{
    // 1,024 cards, a checkpoint an hour, 15 minutes to be back after a crash, 5 after an order, one minute for a checkpoint.
    private static readonly JobStakes Training = new()
    {
        Cards = 1024,
        Failure = default,
        SinceCheckpoint = TimeSpan.FromMinutes(30),
        NextCheckpoint = TimeSpan.FromMinutes(30),
        Remaining = TimeSpan.FromHours(10),
        CheckpointCost = TimeSpan.FromMinutes(1),
        MoveCost = TimeSpan.FromMinutes(5),
        RestartCost = TimeSpan.FromMinutes(15),
        CanCheckpoint = true,
        GoesOnAfterCheckpoint = true,
    };

    [Fact]
    public void Without_a_reason_nothing_is_done()
        => Assert.Equal(Alternative.Nothing, ExpectedCost.Decide(Training).Chosen);

    [Fact]
    public void A_failure_within_the_hour_is_worth_a_move_now()
        => Assert.Equal(Alternative.MoveNow, ExpectedCost.Decide(Training with { Failure = new(0.6, 0.9, 0.95) }).Chosen);

    [Fact]
    public void A_failure_within_days_can_wait_for_the_next_checkpoint()
        => Assert.Equal(Alternative.MoveAtNextCheckpoint, ExpectedCost.Decide(Training with { Failure = new(0.002, 0.5, 0.9) }).Chosen);

    [Fact]
    public void The_break_even_of_a_checkpoint_is_its_cost_against_what_it_saves()
    {
        // Nothing comes after this stretch, and the job cannot be moved: 1 min against 0.9 × p × 30 min.
        var alone = Training with { NextCheckpoint = null, Remaining = TimeSpan.FromHours(1), CannotMove = "pinned", CheckpointCost = TimeSpan.FromMinutes(1) };
        Assert.Equal(Alternative.Nothing, ExpectedCost.Decide(alone with { Failure = Within(0.036) }).Chosen);
        Assert.Equal(Alternative.CheckpointOnly, ExpectedCost.Decide(alone with { Failure = Within(0.039) }).Chosen);

        static FailureProbability Within(double hour) => new(hour, hour, hour);
    }

    [Fact]
    public void A_job_that_stands_still_behind_its_checkpoint_costs_that_as_well_if_it_stays()
    {
        Assert.Equal(10 * 1024, Asked(Training with { Pause = TimeSpan.FromMinutes(10) }) - Asked(Training), 6);

        static double Asked(JobStakes stakes) => ExpectedCost.Decide(stakes with { Failure = new(0.6, 0.9, 0.95) }).Alternatives[(int)Alternative.CheckpointOnly].CardMinutes;
    }

    [Fact]
    public void A_failed_card_is_left_at_once_and_no_checkpoint_is_thought_of()
    {
        var decision = ExpectedCost.Decide(Training with { Failure = FailureProbability.Certain, HasFailed = true });
        Assert.Equal(Alternative.MoveNow, decision.Chosen);
        Assert.False(decision.Alternatives[(int)Alternative.CheckpointOnly].IsPossible);
        Assert.False(decision.Alternatives[(int)Alternative.MoveAtNextCheckpoint].IsPossible);
    }

    [Fact]
    public void Suspect_work_is_not_saved()
    {
        var decision = ExpectedCost.Decide(Training with { Failure = new(0.9, 0.9, 0.9), IsWorkSuspect = true });
        Assert.Equal(Alternative.MoveNow, decision.Chosen);
        Assert.Contains("not to be trusted", decision.Alternatives[(int)Alternative.CheckpointOnly].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_cannot_be_moved_is_given_a_checkpoint_and_the_reason_is_kept()
    {
        var decision = ExpectedCost.Decide(Training with { Failure = new(0.6, 0.9, 0.95), CannotMove = "interactive" });
        Assert.Equal(Alternative.CheckpointOnly, decision.Chosen);
        Assert.Equal("interactive", decision.Alternatives[(int)Alternative.MoveNow].Reason);
    }

    [Fact]
    public void An_undeclared_job_is_not_asked_for_a_checkpoint()
        => Assert.False(ExpectedCost.Decide(Training with { CanCheckpoint = false }).Alternatives[(int)Alternative.CheckpointOnly].IsPossible);

    [Fact]
    public void A_job_that_will_end_before_the_trouble_is_let_end_and_the_next_one_kept_away()
    {
        var ending = Training with { Remaining = TimeSpan.FromMinutes(5), NextCheckpoint = null, Failure = new(0.001, 0.3, 0.9), NextJobLoss = 50_000 };
        Assert.Equal(Alternative.DrainAndLetEnd, ExpectedCost.Decide(ending).Chosen);
    }

    [Fact]
    public void Every_alternative_is_told_with_its_figure()
    {
        var decision = ExpectedCost.Decide(Training with { Failure = new(0.1, 0.5, 0.9) });
        Assert.Equal(Enum.GetValues<Alternative>(), decision.Alternatives.Select(one => one.Alternative));
        Assert.All(decision.Alternatives, one => Assert.NotEmpty(one.Reason));
        Assert.True(decision.Saved > 0);
    }

    [Theory]
    [InlineData(1, 0.01)]
    [InlineData(24, 0.1)]
    [InlineData(168, 0.4)]
    public void The_curve_goes_through_what_was_told(double hours, double chance)
        => Assert.Equal(chance, new FailureProbability(0.01, 0.1, 0.4).Within(TimeSpan.FromHours(hours)), 9);

    [Fact]
    public void The_curve_never_falls_and_never_leaves_0_to_1()
    {
        foreach (var told in new FailureProbability[] { new(0, 0, 0), new(0.5, 0.1, 0), new(0, 0, 1), new(1, 1, 1), new(0.001, 0.3, 0.3) })
        {
            var before = 0.0;
            for (var hours = 0.0; hours < 1000; hours += 0.5)
            {
                var chance = told.Within(TimeSpan.FromHours(hours));
                Assert.InRange(chance, before, 1);
                before = chance;
            }
        }
    }
}
