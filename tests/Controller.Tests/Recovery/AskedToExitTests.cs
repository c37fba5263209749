using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Recovery;

/// <summary>A job that ends when it is asked for a checkpoint has ended for our sake: whatever comes then, it is started anew, unless somebody ended it.</summary>
public class AskedToExitTests
{
    private readonly TestCluster _cluster = new(8, 1, 2, 3, 4);

    public AskedToExitTests()
    {
        _cluster.Job = _cluster.Job! with { Contract = _cluster.Job.Contract with { OnRequest = OnRequest.Exit } };
        _cluster.OnSignal = () => End();
    }

    [Fact]
    public void It_is_started_anew_though_nobody_sees_what_it_left()
    {
        var move = Move().ToItsEnd().LeavesNothingBehind();
        Assert.Equal((RecoveryOutcome.Recovered, JobPhase.Running, 1), (move.Now.Outcome, _cluster.Job!.Phase, _cluster.Job.Restarts));
        Assert.Equal(["n1", "n2", "n4", "n5"], _cluster.Job.Nodes.Select(node => node.Name));
        Assert.True(move.Now.FellBack);
    }

    [Fact]
    public void What_it_left_is_seen_before_it_is_started_anew()
    {
        var move = Move().Until(RecoveryStep.Stopping);
        for (var seconds = 0; seconds < 12; seconds++)
        {
            move.Look();
            _cluster.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Equal((RecoveryStep.Stopping, JobPhase.Held), (move.Now.Step, _cluster.Job!.Phase));
        _cluster.Newest = new("/ckpt/asked", 100, _cluster.Now.AddSeconds(-10));
        Assert.Equal((RecoveryStep.Placing, "/ckpt/asked", false), (move.Look().Now.Step, move.Now.Checkpoint!.Path, move.Now.FellBack));
        Assert.Equal(RecoveryOutcome.Recovered, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void It_is_not_asked_where_nobody_could_see_what_it_leaves(bool declaresFolder)
    {
        _cluster.IsUnreadable = true;
        if (!declaresFolder) _cluster.Job = _cluster.Job! with { Contract = _cluster.Job.Contract with { Directory = "" } };
        var move = Move().ToItsEnd().LeavesNothingBehind();
        Assert.Equal((RecoveryOutcome.Recovered, 1), (move.Now.Outcome, _cluster.Job!.Restarts));
        Assert.Empty(move.Done<SchedulerAct.Signal>());
        Assert.DoesNotContain(move.Journal, entry => entry.IsAsking);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(20)]
    public void It_runs_again_when_the_move_is_given_up_meanwhile(int secondsLater)
    {
        _cluster.OnSignal = () => { };
        var move = Move().Until(RecoveryStep.AwaitingCheckpoint).Look();
        _cluster[3] = _cluster[3] with { Phase = NodePhase.InService, Reason = "" };
        for (var seconds = 0; seconds < secondsLater; seconds++)
        {
            move.Look();
            _cluster.Pass(TimeSpan.FromSeconds(1));
        }

        End();
        Assert.Equal(RecoveryOutcome.Overruled, move.ToItsEnd().LeavesNothingBehind().Now.Outcome);
        for (var seconds = 0; seconds < 5; seconds++) _cluster.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((JobPhase.Running, 1, NodePhase.InService), (_cluster.Job!.Phase, _cluster.Job.Restarts, _cluster[3].Phase));
    }

    [Fact]
    public void Cancelled_by_its_user_it_stays_so()
    {
        _cluster.OnSignal = () => End(JobPhase.Cancelled);
        var move = Move().ToItsEnd().LeavesNothingBehind();
        Assert.Equal((RecoveryOutcome.JobEnded, JobPhase.Cancelled, 0), (move.Now.Outcome, _cluster.Job!.Phase, _cluster.Job.Restarts));
    }

    private void End(JobPhase phase = JobPhase.Ended) => _cluster.Job = _cluster.Job! with { Phase = phase, Nodes = [] };

    private TestMove Move() => new(_cluster, [3], [1, 2, 5, 4]);
}
