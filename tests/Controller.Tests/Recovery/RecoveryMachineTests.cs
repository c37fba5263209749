using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Recovery;

public class RecoveryMachineTests
{
    private readonly TestCluster _cluster = new(8, 1, 2, 3, 4);

    [Fact]
    public void A_job_is_drained_held_asked_stopped_placed_and_gets_on()
    {
        var move = Move().ToItsEnd().LeavesNothingBehind();
        Assert.Equal(RecoveryOutcome.Recovered, move.Now.Outcome);
        Assert.Equal(["n1", "n2", "n4", "n5"], _cluster.Job!.Nodes.Select(node => node.Name));
        Assert.Equal("/ckpt/asked", move.Now.Checkpoint!.Path);
        Assert.False(move.Now.FellBack);
        Assert.Equal(
            [RecoveryStep.Securing, RecoveryStep.Asking, RecoveryStep.AwaitingCheckpoint, RecoveryStep.Stopping, RecoveryStep.Placing, RecoveryStep.Starting, RecoveryStep.Detaching, RecoveryStep.Progressing, RecoveryStep.Closed],
            move.Journal.Select(entry => entry.Step).Distinct());
        Assert.Equal(NodePhase.Draining, _cluster[3].Phase); // the bad node stays out: giving it back is another matter
    }

    [Fact]
    public void The_new_nodes_are_held_and_the_bad_one_drained_before_the_job_is_asked()
    {
        Move().Until(RecoveryStep.AwaitingCheckpoint);
        Assert.Equal(NodePhase.Draining, _cluster[3].Phase);
        Assert.Equal("forewarn[3/7]: job 41 is moved away", _cluster[3].Reason);
        Assert.Equal(["n1", "n2", "n5", "n4"], Assert.Single(_cluster.Holds).Value.AsEnumerable());
    }

    [Fact]
    public void Killed_before_any_of_its_acts_it_ends_the_same()
    {
        var acts = Move().ToItsEnd().Cluster.Done.Count;
        Assert.True(acts >= 7, $"{acts} acts");
        for (var killed = 0; killed < acts; killed++)
        {
            var cluster = new TestCluster(8, 1, 2, 3, 4);
            var move = new TestMove(cluster, [3], [1, 2, 5, 4]) { KilledBefore = { killed } }.ToItsEnd().LeavesNothingBehind();
            Assert.Equal(RecoveryOutcome.Recovered, move.Now.Outcome);
            Assert.Equal(1, cluster.Job!.Restarts);
            Assert.InRange(move.Done<SchedulerAct.Signal>().Count(), 1, 2);
        }
    }

    [Fact]
    public void Killed_after_any_of_its_journal_entries_it_ends_the_same()
    {
        var entries = Move().ToItsEnd().Journal.Count;
        for (var killed = 1; killed < entries; killed++)
        {
            var cluster = new TestCluster(8, 1, 2, 3, 4);
            var move = new TestMove(cluster, [3], [1, 2, 5, 4]);
            for (var looks = 0; looks < 3600 && move.Journal.Count <= killed; looks++)
            {
                move.Look();
                cluster.Pass(TimeSpan.FromSeconds(1));
            }

            // Deeds were done whose entry is the last that is found, and the cluster went on while nobody looked.
            for (var seconds = 0; seconds < 20; seconds++) cluster.Pass(TimeSpan.FromSeconds(1));
            Assert.Equal(RecoveryOutcome.Recovered, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
            Assert.Equal(1, cluster.Job!.Restarts);
        }
    }

    [Fact]
    public void A_job_that_declared_no_way_to_ask_it_gets_no_signal_and_goes_from_its_last_checkpoint()
    {
        _cluster.Job = _cluster.Job! with { Contract = new() { IsDeclared = true, Directory = "/ckpt" } };
        _cluster.OnSignal = () => Assert.Fail("an undeclared job was signalled");
        _cluster.Newest = new("/ckpt/old", 60, _cluster.Now.AddMinutes(-10));
        var move = Move().ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, "/ckpt/old"), (move.Now.Outcome, move.Now.Checkpoint!.Path));
        Assert.Empty(move.Done<SchedulerAct.Signal>());
        Assert.DoesNotContain(move.Journal, entry => entry.IsAsking);
    }

    [Fact]
    public void What_a_failed_card_would_write_is_not_asked_for()
    {
        var move = Move();
        move.Journal[0] = move.Now with { MayNotAsk = true };
        Assert.Equal(RecoveryOutcome.Recovered, move.ToItsEnd().Now.Outcome);
        Assert.Empty(move.Done<SchedulerAct.Signal>());
    }

    [Fact]
    public void Ranks_that_hang_and_write_nothing_fall_back_to_the_last_checkpoint()
    {
        _cluster.OnSignal = () => { };
        _cluster.Newest = new("/ckpt/old", 60, _cluster.Now.AddMinutes(-10));
        var move = Move().ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, true, "/ckpt/old"), (move.Now.Outcome, move.Now.FellBack, move.Now.Checkpoint!.Path));
        Assert.Equal(2, move.Done<SchedulerAct.Signal>().Count());
    }

    [Fact]
    public void A_checkpoint_from_before_the_request_is_no_answer()
    {
        _cluster.OnSignal = () => { };
        _cluster.Newest = new("/ckpt/old", 60, _cluster.Now.AddSeconds(-1));
        var move = Move().Until(RecoveryStep.AwaitingCheckpoint);
        for (var seconds = 0; seconds < 30; seconds++) move.Look().Cluster.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(RecoveryStep.AwaitingCheckpoint, move.Now.Step);
    }

    [Fact]
    public void A_job_that_ends_when_asked_is_started_anew_from_what_it_left()
    {
        _cluster.Job = _cluster.Job! with { Contract = _cluster.Job.Contract with { OnRequest = OnRequest.Exit } };
        _cluster.OnSignal = () => (_cluster.Job, _cluster.Newest) = (_cluster.Job! with { Phase = JobPhase.Ended, Nodes = [] }, new("/ckpt/last", 77, _cluster.Now.AddSeconds(2)));
        var move = Move().ToItsEnd().LeavesNothingBehind();
        Assert.Equal((RecoveryOutcome.Recovered, "/ckpt/last"), (move.Now.Outcome, move.Now.Checkpoint!.Path));
    }

    [Theory]
    [InlineData(RecoveryStep.Asking)]
    [InlineData(RecoveryStep.AwaitingCheckpoint)]
    [InlineData(RecoveryStep.Stopping)]
    [InlineData(RecoveryStep.Placing)]
    [InlineData(RecoveryStep.Starting)]
    public void A_job_that_is_cancelled_at_any_step_leaves_nothing_behind(RecoveryStep step)
    {
        var move = Move().Until(step);
        _cluster.Job = null;
        Assert.Equal(RecoveryOutcome.JobEnded, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
    }

    [Theory]
    [InlineData(RecoveryStep.Asking)]
    [InlineData(RecoveryStep.AwaitingCheckpoint)]
    public void A_person_who_puts_the_node_back_is_obeyed(RecoveryStep step)
    {
        var move = Move().Until(step);
        _cluster[3] = _cluster[3] with { Phase = NodePhase.InService, Reason = "" };
        Assert.Equal(RecoveryOutcome.Overruled, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Assert.Equal(NodePhase.InService, _cluster[3].Phase);
        Assert.Equal(0, _cluster.Job!.Restarts);
    }

    [Fact]
    public void A_drain_of_others_keeps_their_reason()
    {
        _cluster[3] = _cluster[3] with { Phase = NodePhase.Draining, Reason = "hans: fan" };
        Move().ToItsEnd();
        Assert.Equal("hans: fan", _cluster[3].Reason);
    }

    [Fact]
    public void A_requeue_by_the_scheduler_itself_is_adopted_and_not_repeated()
    {
        var move = Move().Until(RecoveryStep.AwaitingCheckpoint);
        _cluster[3] = _cluster[3] with { Phase = NodePhase.Down };
        _cluster.Job = _cluster.Job! with { Restarts = 1, Nodes = [.. Enumerable.Range(5, 4).Select(number => new JobNode(TestCluster.Node(number), [], HoldsAll: true))] };
        Assert.Equal(RecoveryOutcome.Adopted, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Assert.Empty(move.Done<SchedulerAct.StopAndHold>());
    }

    [Fact]
    public void A_requeue_by_the_scheduler_that_waits_is_placed_by_us()
    {
        _cluster.OnSignal = _cluster.Requeue;
        var move = Move();
        move.Journal[0] = move.Now with { Contract = move.Now.Contract with { CheckpointCost = TimeSpan.FromSeconds(5) } };
        Assert.Equal(RecoveryOutcome.Recovered, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Assert.Equal(1, _cluster.Job!.Restarts);
    }

    [Theory]
    [InlineData(RecoveryStep.Asking)]
    [InlineData(RecoveryStep.Stopping)]
    [InlineData(RecoveryStep.Placing)]
    public void When_a_new_node_fails_as_well_another_is_taken(RecoveryStep step)
    {
        var move = new TestMove(_cluster, [3], [1, 2, 5, 4]) { Place = () => [1, 2, 6, 4] }.Until(step);
        _cluster.Unfit.Add("n5");
        move.ToItsEnd().LeavesNothingBehind();
        Assert.Equal((RecoveryOutcome.Recovered, 2), (move.Now.Outcome, move.Now.Attempt));
        Assert.Equal(["n1", "n2", "n4", "n6"], _cluster.Job!.Nodes.Select(node => node.Name));
        Assert.Single(move.Done<SchedulerAct.Signal>());
    }

    [Fact]
    public void When_nothing_fits_the_job_is_left_to_its_scheduler()
    {
        var spare = 4;
        var move = new TestMove(_cluster, [3], [1, 2, 5, 4]) { Place = () => [1, 2, ++spare, 4] }.Until(RecoveryStep.AwaitingCheckpoint);
        foreach (var node in new[] { "n5", "n6", "n7", "n8" }) _cluster.Unfit.Add(node);
        Assert.Equal(RecoveryOutcome.NoPlace, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
    }

    [Fact]
    public void A_job_that_does_not_start_is_freed_and_left_to_its_scheduler()
    {
        var move = Move().Until(RecoveryStep.Starting);
        _cluster[5] = _cluster[5] with { Phase = NodePhase.Down };
        Assert.Equal(RecoveryOutcome.TimedOut, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Assert.Empty(_cluster.Job!.RequiredNodes);
        for (var seconds = 0; seconds < 5; seconds++) _cluster.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(JobPhase.Running, _cluster.Job.Phase);
    }

    [Fact]
    public void A_word_that_is_not_known_makes_it_wait()
    {
        var move = Move().Until(RecoveryStep.Stopping);
        var before = move.Cluster.Done.Count;
        _cluster.Job = _cluster.Job! with { Phase = JobPhase.Unknown };
        move.Look().Look();
        Assert.Equal((before, RecoveryStep.Stopping), (move.Cluster.Done.Count, move.Now.Step));
    }

    private TestMove Move() => new(_cluster, [3], [1, 2, 5, 4]);
}
