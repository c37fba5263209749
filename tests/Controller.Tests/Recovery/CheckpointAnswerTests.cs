using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Tests.Recovery;

/// <summary>What counts as the answer to a request, and for how long one is awaited.</summary>
public class CheckpointAnswerTests
{
    private readonly TestCluster _cluster = new(8, 1, 2, 3, 4);

    [Fact]
    public void A_checkpoint_of_five_seconds_is_awaited_until_it_can_be_seen()
    {
        _cluster.OnSignal = () => { };
        _cluster.Job = _cluster.Job! with { Contract = _cluster.Job.Contract with { CheckpointCost = TimeSpan.FromSeconds(5) } };
        var move = Pass(Move().Until(RecoveryStep.AwaitingCheckpoint), 30);
        _cluster.Newest = new("/ckpt/asked", 100, _cluster.Now);
        Assert.Equal((false, "/ckpt/asked"), (move.ToItsEnd().Now.FellBack, move.Now.Checkpoint!.Path));
    }

    [Fact]
    public void Who_has_just_started_looks_before_he_says_that_there_is_none()
    {
        _cluster.OnSignal = () => { };
        var move = Pass(Move().Until(RecoveryStep.AwaitingCheckpoint), 10);
        (_cluster.IsUnread, _cluster.Newest) = (true, new("/ckpt/asked", 100, _cluster.Now));
        _cluster.Now += TimeSpan.FromMinutes(20);
        Assert.Equal(RecoveryStep.AwaitingCheckpoint, Pass(move, 10).Now.Step);
        _cluster.IsUnread = false;
        Assert.Equal((false, "/ckpt/asked"), (move.ToItsEnd().Now.FellBack, move.Now.Checkpoint!.Path));
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(10)]
    public void The_clock_of_the_file_server_may_be_another(int minutes)
    {
        var late = TimeSpan.FromMinutes(minutes);
        _cluster.Newest = new("/ckpt/old", 60, _cluster.Now + late);
        _cluster.OnSignal = () => { };
        var move = Pass(Move().Until(RecoveryStep.AwaitingCheckpoint), 20);
        Assert.Equal(RecoveryStep.AwaitingCheckpoint, move.Now.Step); // it was there before
        _cluster.Newest = new("/ckpt/asked", 100, _cluster.Now + late);
        Assert.Equal((false, "/ckpt/asked"), (move.Until(RecoveryStep.Stopping).Now.FellBack, move.Now.Checkpoint!.Path));

        move.Until(RecoveryStep.Progressing);
        Assert.Equal(RecoveryStep.Progressing, Pass(move, 20).Now.Step);
        _cluster.Newest = new("/ckpt/next", 110, _cluster.Now + late);
        Assert.Equal("gets on: wrote /ckpt/next", move.Look().Now.Why);
    }

    [Fact]
    public void What_it_wrote_before_it_was_stopped_is_not_taken_for_getting_on()
    {
        var move = Move().Until(RecoveryStep.Progressing);
        _cluster.Newest = new("/ckpt/late", 105, _cluster.Now.AddSeconds(-4)); // it rested for a moment before it counted as complete
        Assert.Equal(RecoveryStep.Progressing, Pass(move, 60).Now.Step);
        _cluster.Newest = new("/ckpt/next", 110, _cluster.Now);
        Assert.Equal("gets on: wrote /ckpt/next", move.Look().Now.Why);
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
