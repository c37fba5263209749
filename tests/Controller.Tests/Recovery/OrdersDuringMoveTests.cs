using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Recovery;

/// <summary>What people do to a job or a node in the middle of its move is obeyed, and what we did is taken back.</summary>
public class OrdersDuringMoveTests
{
    private readonly TestCluster _cluster = new(8, 1, 2, 3, 4);

    [Fact]
    public void A_move_that_is_given_up_while_the_job_still_completes_leaves_it_not_held()
    {
        var move = Move().Until(RecoveryStep.Stopping).Look();
        Assert.Equal(JobPhase.Completing, _cluster.Job!.Phase);
        _cluster[3] = _cluster[3] with { Phase = NodePhase.InService, Reason = "" };
        move.Look().Look().Look(); // it takes its time to get off its nodes
        Assert.Equal(RecoveryOutcome.Overruled, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Runs();
    }

    [Fact]
    public void Stopped_by_a_command_that_comes_late_it_is_not_left_held()
    {
        var move = new TestMove(_cluster, [3], [1, 2, 5, 4]) { KilledBefore = { 3 } };
        move.Until(RecoveryStep.Stopping).Look();
        Assert.Equal((JobPhase.Running, 3), (_cluster.Job!.Phase, _cluster.Done.Count)); // drained, held, signalled; and what stops it is on its way
        _cluster[3] = _cluster[3] with { Phase = NodePhase.InService, Reason = "" };
        move.Look().Look();
        _cluster.Pass(TimeSpan.FromSeconds(5));
        _cluster.Do(new SchedulerAct.StopAndHold("41", MayHaveEnded: false));
        Assert.Equal(RecoveryOutcome.Overruled, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Runs();
    }

    [Fact]
    public void A_job_that_somebody_holds_when_we_had_let_it_go_stays_held()
    {
        var move = Move().Until(RecoveryStep.Starting).Look();
        Assert.Equal(JobPhase.Pending, _cluster.Job!.Phase);
        StaysHeld(move);
    }

    [Fact]
    public void A_job_that_others_requeued_and_somebody_holds_stays_held()
    {
        var move = Move().Until(RecoveryStep.Stopping);
        _cluster.Job = _cluster.Job! with { Restarts = 1, Nodes = [] };
        StaysHeld(move);
        Assert.Empty(move.Done<SchedulerAct.StopAndHold>());
    }

    [Fact]
    public void A_node_that_a_person_puts_back_while_a_hold_is_refused_is_not_drained_again()
    {
        _cluster.Do(new SchedulerAct.HoldNodes("maintenance", ["n5"], "root", TimeSpan.FromHours(1)));
        var move = Move();
        for (var seconds = 0; seconds < 5; seconds++) move.Look();
        Assert.Equal((RecoveryStep.Securing, NodePhase.Draining), (move.Now.Step, _cluster[3].Phase));
        _cluster[3] = _cluster[3] with { Phase = NodePhase.InService, Reason = "" };
        Assert.Equal((RecoveryOutcome.Overruled, NodePhase.InService), (move.ToItsEnd().Now.Outcome, _cluster[3].Phase));
        Assert.Single(move.Done<SchedulerAct.TakeOut>());
    }

    [Theory]
    [InlineData(RecoveryStep.AwaitingCheckpoint)]
    [InlineData(RecoveryStep.Stopping)]
    [InlineData(RecoveryStep.Placing)]
    [InlineData(RecoveryStep.Starting)]
    public void A_job_that_somebody_cancels_is_not_started_anew(RecoveryStep step)
    {
        var move = Move().Until(step);
        var stops = move.Done<SchedulerAct.StopAndHold>().Count();
        _cluster.Job = _cluster.Job! with { Phase = JobPhase.Cancelled, Nodes = [], Reservation = "" };
        Assert.Equal(RecoveryOutcome.JobEnded, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Assert.Equal(stops, move.Done<SchedulerAct.StopAndHold>().Count());
    }

    private void StaysHeld(TestMove move)
    {
        _cluster.Job = _cluster.Job! with { Phase = JobPhase.Held };
        var lets = move.Done<SchedulerAct.LetGo>().Count();
        Assert.Equal(RecoveryOutcome.Overruled, move.ToItsEnd().Now.Outcome);
        Assert.Equal((JobPhase.Held, "", lets), (_cluster.Job!.Phase, _cluster.Job.Reservation, move.Done<SchedulerAct.LetGo>().Count()));
        Assert.Empty(_cluster.Holds);
    }

    private void Runs()
    {
        for (var seconds = 0; seconds < 5; seconds++) _cluster.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((JobPhase.Running, 1), (_cluster.Job!.Phase, _cluster.Job.Restarts));
    }

    private TestMove Move() => new(_cluster, [3], [1, 2, 5, 4]);
}
