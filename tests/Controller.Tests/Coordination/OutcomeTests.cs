using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>What can come in between, and how each of it ends.</summary>
public class OutcomeTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    [Theory]
    [InlineData(RecoveryStep.AwaitingCheckpoint)]
    [InlineData(RecoveryStep.Stopping)]
    [InlineData(RecoveryStep.Starting)]
    public void The_job_ends_meanwhile(RecoveryStep step)
    {
        _fleet.Cluster.OnSignal = step == RecoveryStep.AwaitingCheckpoint ? () => { } : null;
        _fleet.Announce(3).Until(step);
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Phase = JobPhase.Ended, Nodes = [], Reservation = "" };
        Assert.Equal(RecoveryOutcome.JobEnded, _fleet.ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void Its_user_cancels_it()
    {
        _fleet.Announce(3).Until(RecoveryStep.Stopping);
        _fleet.Cluster.Job = null;
        Assert.Equal(RecoveryOutcome.JobEnded, _fleet.ToItsEnd().Move.Outcome);
        Assert.Single(_fleet.State.Open); // the card is as bad as before
    }

    [Theory]
    [InlineData(RecoveryStep.AwaitingCheckpoint)]
    [InlineData(RecoveryStep.Placing)]
    public void The_new_node_fails_as_well(RecoveryStep step)
    {
        _fleet.Announce(3).Until(step).Announce(5, rule: "fell-off", state: HealthState.Failed).ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, 2), (_fleet.Move.Outcome, _fleet.Move.Attempt));
        Assert.Equal("n6", _fleet.NewNode);
        Assert.Equal(NodePhase.Draining, _fleet.Pass(5).Cluster[5].Phase); // and is drained for its own sake
    }

    [Fact]
    public void A_node_on_which_it_was_to_stay_fails_as_well()
    {
        _fleet.Announce(3).Until(RecoveryStep.AwaitingCheckpoint).Announce(1, rule: "fell-off", state: HealthState.Failed).ToItsEnd();
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Move.Outcome);
        Assert.DoesNotContain("n1", _fleet.Cluster.Job!.Nodes.Select(node => node.Name));
        Assert.Equal(NodePhase.Draining, _fleet.Cluster[1].Phase);
    }

    [Fact]
    public void No_other_place_is_left()
    {
        _fleet.Announce(3).Until(RecoveryStep.AwaitingCheckpoint);
        foreach (var node in new[] { 5, 6, 7, 8 }) _fleet.Announce(node, rule: $"rule-{node}", state: HealthState.Failed);
        Assert.Equal(RecoveryOutcome.NoPlace, _fleet.ToItsEnd().Move.Outcome);
        Assert.Contains("n5", _fleet.Move.Why, StringComparison.Ordinal);
        Assert.Equal(JobPhase.Running, _fleet.Pass(60).Cluster.Job!.Phase);
        Assert.Equal(RecoveryStep.Closed, _fleet.Move.Step); // it is not tried again at once
    }

    [Fact]
    public void An_administrator_puts_the_node_back()
    {
        _fleet.Cluster.OnSignal = () => { };
        _fleet.Announce(3).Until(RecoveryStep.AwaitingCheckpoint);
        _fleet.Cluster[3] = _fleet.Cluster[3] with { Phase = NodePhase.InService, Reason = "" };
        Assert.Equal(RecoveryOutcome.Overruled, _fleet.ToItsEnd().Move.Outcome);
        Assert.Equal((NodePhase.InService, 0), (_fleet.Pass(1800).Cluster[3].Phase, _fleet.Cluster.Job!.Restarts)); // and it stays so
        Assert.Equal("people", _fleet.Last.Guard);
    }

    [Fact]
    public void A_later_trouble_of_a_node_that_was_put_back_is_a_new_one()
    {
        An_administrator_puts_the_node_back();
        _fleet.Recover(3).Pass(2);
        Assert.Empty(_fleet.State.Open);
        _fleet.Cluster.OnSignal = null;
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Announce(3).Look().ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void The_node_is_gone_and_its_scheduler_has_requeued_the_job_itself()
    {
        _fleet.Look();
        _fleet[3] = _fleet[3] with { IsSilent = true };
        _fleet.Cluster[3] = _fleet.Cluster[3] with { Phase = NodePhase.Down };
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Phase = JobPhase.Held, Nodes = [], Restarts = 1 };
        _fleet.Cluster.Do(new SchedulerAct.LetGo("41"));
        var before = _fleet.Cluster.Done.Count;
        _fleet.Pass(20);
        Assert.Equal((Verdict.Adopted, "41"), _fleet.Decisions.Where(told => told.Job == "41").Select(told => (told.Verdict, told.Job)).Single());
        Assert.Equal((JobPhase.Running, 1), (_fleet.Cluster.Job.Phase, _fleet.Cluster.Job.Restarts));
        Assert.Equal("n3", Assert.IsType<SchedulerAct.TakeOut>(Assert.Single(_fleet.Cluster.Done.Skip(before))).Node); // or it would be in service again as soon as it is back
    }

    [Fact]
    public void The_node_is_gone_and_its_scheduler_has_not_noticed_the_job()
    {
        _fleet.Cluster.Newest = new("/ckpt/old", 60, _fleet.Cluster.Now.AddMinutes(-10));
        _fleet[3] = _fleet[3] with { IsSilent = true };
        _fleet.Cluster[3] = _fleet.Cluster[3] with { Phase = NodePhase.Down };
        _fleet.ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, "/ckpt/old"), (_fleet.Move.Outcome, _fleet.Move.Checkpoint!.Path));
        Assert.Empty(_fleet.Cluster.Done.OfType<SchedulerAct.Signal>());
    }

    [Fact]
    public void Hung_ranks_do_not_answer_and_the_job_goes_from_its_last_checkpoint()
    {
        _fleet.Cluster.OnSignal = () => { };
        _fleet.Cluster.Newest = new("/ckpt/old", 60, _fleet.Cluster.Now.AddMinutes(-10));
        _fleet.Announce(3).ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, true, "/ckpt/old"), (_fleet.Move.Outcome, _fleet.Move.FellBack, _fleet.Move.Checkpoint!.Path));
    }

    [Fact]
    public void A_card_that_has_failed_is_not_asked_anything()
    {
        _fleet.Announce(3, rule: "fell-off", state: HealthState.Failed).ToItsEnd();
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Move.Outcome);
        Assert.Empty(_fleet.Cluster.Done.OfType<SchedulerAct.Signal>());
    }

    [Fact]
    public void What_an_earlier_move_told_a_job_is_taken_back_when_it_waits_again()
    {
        _fleet.Announce(3).ToItsEnd();
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { RequiredNodes = _fleet.Move.Destinations, Phase = JobPhase.Pending, Nodes = [], Restarts = 2 };
        _fleet.Cluster[5] = _fleet.Cluster[5] with { Phase = NodePhase.Down };
        Assert.Equal(JobPhase.Running, _fleet.Pass(10).Cluster.Job!.Phase);
    }

    [Fact]
    public void What_any_earlier_move_told_a_job_is_known_for_ours()
    {
        _fleet.Announce(3).ToItsEnd();
        var first = _fleet.Move.Destinations;
        _fleet.Announce(5, rule: "later").Look().ToItsEnd();
        Assert.Equal(2, _fleet.Cluster.Job!.Restarts);
        _fleet.Cluster.Job = _fleet.Cluster.Job with { RequiredNodes = first };
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Announce(2, rule: "last").Look().ToItsEnd().Move.Outcome); // its owner named nothing

        _fleet.Cluster.Job = _fleet.Cluster.Job with { RequiredNodes = first, Phase = JobPhase.Pending, Nodes = [], Restarts = 4 };
        Assert.Equal(JobPhase.Running, _fleet.Pass(10).Cluster.Job!.Phase);
    }

    [Fact]
    public void A_node_that_comes_back_from_the_dead_was_put_back_by_nobody_and_stays_out()
    {
        _fleet[7] = _fleet[7] with { IsSilent = true };
        _fleet.Cluster[7] = _fleet.Cluster[7] with { Phase = NodePhase.Down };
        var plan = _fleet.Plan();
        Assert.Contains(plan.Steps.SelectMany(step => step.Acts), act => act is SchedulerAct.TakeOut { Node: "n7" });
        _fleet.State = plan.State; // written, and not done
        _fleet[7] = _fleet[7] with { IsSilent = false };
        _fleet.Announce(7).Pass(1);
        _fleet.Cluster[7] = _fleet.Cluster[7] with { Phase = NodePhase.InService, IsDrained = false, Reason = "" };
        _fleet.Pass(3);
        Assert.Null(_fleet.State.Drains["n7"].Lifted);
        Assert.Equal(NodePhase.Draining, _fleet.Cluster[7].Phase);
    }

    [Fact]
    public void A_hold_that_no_move_wants_is_dropped_and_its_job_freed()
    {
        _fleet.Cluster.Do(new SchedulerAct.HoldNodes("forewarn_9_41_1", ["n5"], "ada", TimeSpan.FromMinutes(30)));
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Phase = JobPhase.Held, Nodes = [], Restarts = 1, Reservation = "forewarn_9_41_1", RequiredNodes = ["n5"] };
        _fleet.Pass(10).LeavesNothingBehind();
        Assert.Equal(JobPhase.Running, _fleet.Cluster.Job.Phase);
    }

    [Fact]
    public void Killed_between_the_line_and_the_deed_the_node_is_drained_all_the_same()
    {
        var plan = _fleet.Announce(7).Plan();
        _fleet.State = plan.State; // written, and nothing of it done
        Assert.Equal(NodePhase.InService, _fleet.Cluster[7].Phase);
        Assert.Equal(NodePhase.Draining, _fleet.Pass(2).Cluster[7].Phase);
    }

    [Fact]
    public void The_journal_of_a_whole_move_reads_back_as_it_was_written()
    {
        _fleet.Announce(3).ToItsEnd();
        var read = _fleet.Journal.Select(entry => System.Text.Json.JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry))
            .Select(line => System.Text.Json.JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry)!).ToList();
        var state = read.Aggregate(ControllerState.Empty, static (one, entry) => one.With(entry));
        Assert.Equal(_fleet.Journal.Select(entry => entry.GetType()), read.Select(entry => entry.GetType()));
        Assert.Equal(RecoveryText(_fleet.Move), RecoveryText(state.Recoveries["41"]));
        Assert.Equal(double.PositiveInfinity, read.OfType<JournalEntry.OfDecision>().First().Decision.Decision!.Alternatives.Max(one => one.CardMinutes));
        Assert.Equal((1L, 1, 1), (state.LastIncident, state.Drains.Count, state.Restarts.Length));
    }

    [Fact]
    public void The_timeline_tells_what_happened_in_its_order()
    {
        _fleet.Announce(3).ToItsEnd();
        var told = IncidentTimeline.Of(1, _fleet.Journal).Milestones.Select(milestone => milestone.What).ToList();
        Assert.Equal(["detected", "decided", "asked", "checkpoint seen", "running", "ended"], told.Intersect(["detected", "decided", "asked", "checkpoint seen", "running", "ended"]));
    }

    private static string RecoveryText(JobRecovery recovery) => System.Text.Json.JsonSerializer.Serialize<JournalEntry>(new JournalEntry.OfRecovery(recovery) { At = default }, JournalJson.Default.JournalEntry);
}
