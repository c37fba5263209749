using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Recovery;

/// <summary>A job that stands still for a declared time behind the checkpoint that it was asked for: in that time nothing is lost by a move, and afterwards it is as one that never stood still.</summary>
public class PausedJobTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly TestCluster _cluster = new(8, 1, 2, 3, 4);

    public PausedJobTests()
    {
        _cluster.Job = _cluster.Job! with { Started = _cluster.Now.AddHours(-2), Contract = _cluster.Job.Contract with { OnRequest = OnRequest.Pause, Pause = Pause } };
        _cluster.Newest = new("/ckpt/old", 50, _cluster.Now.AddMinutes(-20));
        _cluster.OnSignal = static () => { };
    }

    [Fact]
    public void It_is_not_stopped_before_its_answer()
    {
        var move = Move().Until(RecoveryStep.AwaitingCheckpoint);
        Pass(move, 2 * (int)Pause.TotalSeconds); // what it declared counts from its answer, and not from the request
        Assert.Empty(move.Done<SchedulerAct.StopAndHold>());
        Assert.Equal((RecoveryStep.AwaitingCheckpoint, JobPhase.Running), (move.Now.Step, _cluster.Job!.Phase));
        _cluster.Newest = new("/ckpt/asked", 100, _cluster.Now);
        Assert.Equal((RecoveryOutcome.Recovered, TimeSpan.Zero), (move.ToItsEnd().Now.Outcome, move.Now.Lost));
        Assert.All(move.Journal, entry => Assert.DoesNotContain("lost", entry.Why, StringComparison.Ordinal));
    }

    [Fact]
    public void Stopped_within_its_pause_it_loses_nothing()
    {
        var move = Answered(secondsAgo: 28).Until(RecoveryStep.Placing); // stopped a second after the answer was seen
        Assert.Equal((TimeSpan.Zero, "off its nodes"), (move.Now.Lost, move.Now.Why));
    }

    [Fact]
    public void Stopped_later_it_is_said_what_it_had_computed_since()
    {
        var move = Answered(secondsAgo: 40).Until(RecoveryStep.Stopping);
        Assert.Equal("complete checkpoint /ckpt/asked; its pause is over, and it computes what it will lose", move.Now.Why);
        move.Until(RecoveryStep.Placing);
        Assert.Equal((TimeSpan.FromSeconds(11), "off its nodes; lost: 11 s of work since /ckpt/asked, its pause of 30 s being over"), (move.Now.Lost, move.Now.Why));
        Assert.Equal(RecoveryOutcome.Recovered, move.ToItsEnd().Now.Outcome);
    }

    [Fact]
    public void A_later_checkpoint_is_followed_by_no_pause()
    {
        var move = Answered(secondsAgo: 40).Until(RecoveryStep.Stopping);
        _cluster.Newest = new("/ckpt/regular", 110, _cluster.Now.AddSeconds(-4));
        Assert.Equal((TimeSpan.FromSeconds(4), "/ckpt/regular"), (move.Until(RecoveryStep.Placing).Now.Lost, move.Now.Checkpoint!.Path));
    }

    [Theory]
    [InlineData(OnRequest.Continue, 41)]
    [InlineData(OnRequest.Exit, 0)]
    public void Others_lose_what_they_compute_behind_their_checkpoint_and_one_that_ends_nothing(OnRequest then, int seconds)
    {
        _cluster.Job = _cluster.Job! with { Contract = _cluster.Job.Contract with { OnRequest = then } };
        Assert.Equal(TimeSpan.FromSeconds(seconds), Answered(secondsAgo: 40).Until(RecoveryStep.Placing).Now.Lost);
    }

    [Theory]
    [InlineData(true, 20 * 60, "/ckpt/old")]
    [InlineData(false, 2 * 60 * 60, "its start")]
    public void Who_could_not_be_asked_loses_all_since_his_last_checkpoint_or_his_start(bool hasSaved, int seconds, string since)
    {
        if (!hasSaved) _cluster.Newest = null;
        _cluster.Job = _cluster.Job! with { Contract = JobContract.Undeclared with { Directory = "/ckpt" } };
        var began = _cluster.Now;
        var move = Move().Until(RecoveryStep.Placing);
        var lost = TimeSpan.FromSeconds(seconds) + (move.Now.StoppedAt!.Value - began);
        Assert.Equal((lost, TimeSpan.Zero), (move.Now.Lost, move.Now.Kept));
        Assert.Equal(FormattableString.Invariant($"off its nodes; lost: {lost.TotalSeconds} s of work since {since}"), move.Now.Why);
    }

    [Fact]
    public void Where_nobody_knows_since_when_it_ran_nobody_knows_what_it_loses()
    {
        _cluster.Newest = null;
        _cluster.Job = _cluster.Job! with { Started = null, Contract = JobContract.Undeclared };
        Assert.Null(Move().Until(RecoveryStep.Placing).Now.Lost);
    }

    [Theory]
    [InlineData(true, 20 * 60)]
    [InlineData(false, 2 * 60 * 60)]
    public void What_it_wrote_when_it_was_asked_is_kept_that_a_failure_would_have_taken(bool hasSaved, int seconds)
    {
        if (!hasSaved) _cluster.Newest = null;
        var began = _cluster.Now;
        var move = Answered(secondsAgo: 0).ToItsEnd();
        Assert.Equal(TimeSpan.FromSeconds(seconds) + (move.Now.Checkpoint!.Written - began), move.Now.Kept);
    }

    private TestMove Answered(int secondsAgo)
    {
        var move = Pass(Move().Until(RecoveryStep.AwaitingCheckpoint), 50);
        _cluster.Newest = new("/ckpt/asked", 100, _cluster.Now.AddSeconds(-secondsAgo));
        return move;
    }

    private TestMove Pass(TestMove move, int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            move.Look();
            _cluster.Pass(TimeSpan.FromSeconds(1));
        }

        return move;
    }

    private TestMove Move() => new(_cluster, [3], [1, 2, 5, 4]);
}
