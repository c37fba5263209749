using Forewarn.Controller.Coordination;
using Forewarn.Controller.Recovery;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>A cluster of ten thousand nodes takes seconds to be read: what agents tell meanwhile is decided upon, and nothing is done.</summary>
public sealed class SlowReadingTests : IDisposable
{
    private readonly TestController _controller = new();
    private readonly TaskCompletionSource _reading = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _controller.Dispose();

    [Fact]
    public async Task What_was_told_before_a_reading_is_decided_upon_while_it_lasts()
    {
        await BeginAsync();
        _controller.Announce("n3");
        _controller.Runner.Wake();
        var look = _controller.Runner.LookAsync(default);
        await IsDecidedAsync();
        await EndsAsync(look);
    }

    [Fact]
    public async Task What_is_told_during_a_reading_as_well()
    {
        await BeginAsync();
        var look = _controller.Runner.LookAsync(default);
        _controller.Announce("n3");
        _controller.Runner.Wake();
        await IsDecidedAsync();
        await EndsAsync(look);
    }

    [Fact]
    public async Task By_a_sight_that_is_too_old_nothing_is_decided()
    {
        await BeginAsync();
        _controller.Time.Advance(TimeSpan.FromSeconds(61));
        _controller.Announce("n3");
        _controller.Runner.Wake();
        var look = _controller.Runner.LookAsync(default);
        Assert.Empty(_controller.Runner.State.Decisions);
        await EndsAsync(look);
    }

    private async Task BeginAsync()
    {
        _controller.Cluster.Run("41", "n1", "n2", "n3", "n4");
        _controller.Cluster.Checkpoints["41"] = new("/ckpt/regular", 50, _controller.Time.GetUtcNow().AddMinutes(-5));
        await _controller.Runner.LookAsync(default);
        _controller.Reading = _reading.Task;
    }

    private Task IsDecidedAsync() => Eventually.TrueAsync(() => Task.FromResult(!_controller.Runner.State.Decisions.IsEmpty), TimeSpan.FromSeconds(30), "it is decided");

    private async Task EndsAsync(Task look)
    {
        Assert.False(look.IsCompleted);
        Assert.Empty(_controller.Cluster.Done);
        _controller.Reading = Task.CompletedTask;
        _reading.SetResult();
        await look;
        await _controller.ToItsEndAsync();
        Assert.Equal((RecoveryOutcome.Recovered, 1), (_controller.Move!.Outcome, _controller.Lines.OfType<JournalEntry.OfDecision>().Select(line => line.Decision.Verdict).Distinct().Count()));
    }
}
