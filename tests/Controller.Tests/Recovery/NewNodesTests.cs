using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Recovery;

/// <summary>A job is not stopped before its new nodes are its own, and has not recovered before it runs there.</summary>
public class NewNodesTests
{
    private readonly TestCluster _cluster = new(8, 1, 2, 3, 4);

    [Fact]
    public void A_new_node_on_which_another_started_in_the_moment_of_the_hold_is_given_up_for_another()
    {
        var move = new TestMove(_cluster, [3], [1, 2, 5, 4]) { Place = () => [1, 2, 6, 4] }.Until(RecoveryStep.AwaitingCheckpoint);
        _cluster[5] = _cluster[5] with { FreeCards = 0 };
        Assert.Equal(RecoveryOutcome.Recovered, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        Assert.Equal(["n1", "n2", "n4", "n6"], _cluster.Job!.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_hold_that_ran_out_while_the_checkpoint_was_awaited_is_set_again_before_the_job_is_stopped()
    {
        _cluster.OnSignal = () => { };
        var move = Move().Until(RecoveryStep.AwaitingCheckpoint);
        _cluster.Do(new SchedulerAct.DropHold(move.Now.Hold));
        move.ToItsEnd().LeavesNothingBehind();
        var held = _cluster.Done.FindLastIndex(act => act is SchedulerAct.HoldNodes);
        Assert.InRange(held, 1, _cluster.Done.FindIndex(act => act is SchedulerAct.StopAndHold) - 1);
        Assert.Equal(2, move.Done<SchedulerAct.HoldNodes>().Count());
    }

    [Fact]
    public void A_hold_stands_for_as_long_as_all_steps_beneath_it_may_take()
    {
        _cluster.Job = _cluster.Job! with { Contract = _cluster.Job.Contract with { CheckpointCost = TimeSpan.FromMinutes(30) } };
        var move = Move().Until(RecoveryStep.AwaitingCheckpoint);
        var (hold, times) = (Assert.Single(move.Done<SchedulerAct.HoldNodes>()), move.Times);
        Assert.True(hold.For >= (3 * TimeSpan.FromMinutes(30)) + times.Stopping + times.Starting, $"{hold.For}");
    }

    [Fact]
    public void A_job_whose_new_node_fails_at_once_has_not_recovered()
    {
        var move = Move().Until(RecoveryStep.Progressing);
        _cluster[5] = _cluster[5] with { Phase = NodePhase.Down };
        _cluster.Requeue();
        _cluster.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(JobPhase.Pending, _cluster.Job!.Phase);
        Assert.Equal(RecoveryOutcome.Adopted, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
    }

    [Fact]
    public void The_task_of_an_array_is_called_by_array_and_task_in_every_command()
    {
        _cluster.Job = _cluster.Job! with { Address = "7_2" };
        var move = Move().ToItsEnd();
        string[] called =
        [
            .. move.Done<SchedulerAct.Signal>().Select(act => act.Job), .. move.Done<SchedulerAct.StopAndHold>().Select(act => act.Job), .. move.Done<SchedulerAct.Steer>().Select(act => act.Job),
            .. move.Done<SchedulerAct.LetGo>().Select(act => act.Job), .. move.Done<SchedulerAct.Detach>().Select(act => act.Job),
        ];
        Assert.Equal(["7_2"], called.Distinct());
        Assert.True(called.Length >= 5, $"{called.Length}");
    }

    private TestMove Move() => new(_cluster, [3], [1, 2, 5, 4]);
}
