using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Pipeline.Happening;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>The cursor never overtakes a record whose event was not handed over: a restart reads that again.</summary>
public sealed class KernelCursorTests
{
    private readonly ManualTimeProvider _time = new(Start);
    private readonly EventQueue _queue;

    public KernelCursorTests() => _queue = new EventQueue(_time);

    [Fact]
    public void It_comes_with_the_batch_that_has_the_events_up_to_it()
    {
        _queue.Add(Kernel(79, 0, sequence: 7));
        Assert.Equal(7UL, Take());
        Assert.Null(Take());
    }

    [Fact]
    public void Records_that_made_no_event_move_it()
    {
        _queue.Add(Kernel(79, 0, sequence: 7));
        _queue.Advance(new KernelCursor("boot-1", 90));
        Assert.Equal(90UL, Take());
    }

    [Fact]
    public void It_stays_before_growth_that_waits_for_its_second()
    {
        _queue.Add(Kernel(13, 0, sequence: 7));
        Take();
        _queue.Add(Kernel(13, 0.1, sequence: 9));
        _queue.Add(Kernel(79, 0.1, sequence: 10));
        _queue.Advance(new KernelCursor("boot-1", 12));
        Assert.Equal(8UL, Take()); // 79 is told, the growth of 13 is not
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(12UL, Take());
    }

    [Fact]
    public void An_event_of_another_source_does_not_hold_it_up()
    {
        _queue.Add(Library(13, 0));
        Take();
        _queue.Add(Library(13, 0.1));
        _queue.Advance(new KernelCursor("boot-1", 12));
        Assert.Equal(12UL, Take());
    }

    [Fact]
    public void After_the_end_it_stays_before_what_was_left_out()
    {
        _queue.Add(Kernel(13, 0, sequence: 7));
        _queue.Complete();
        _queue.Add(Kernel(79, 0.1, sequence: 8));
        _queue.Advance(new KernelCursor("boot-1", 9));
        Assert.Equal(7UL, Take());
    }

    private ulong? Take()
    {
        _queue.Take([], out var cursor);
        return cursor?.Sequence;
    }
}
