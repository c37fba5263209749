using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.Model;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Pipeline.Happening;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>An agent that is killed at the worst moment, and what the next one makes of what it left on the disk.</summary>
public sealed class RestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(Start);
    private SqliteEventStore _store;
    private EventQueue _queue;

    public RestartTests() => (_store, _queue) = Open();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_kernel_s_line_of_what_the_library_announced_before_the_kill_is_no_other_event()
    {
        Turn(Library(79, 0));
        Kill();
        var record = Assert.Single(Turn(Kernel(79, 0.1, sequence: 7)));
        Assert.Equal((1L, false, 0L, 1L), (record.Id, record.IsNew, record.Growth, record.Event.Count));
        Assert.Equal(("nvml", "kmsg", "Xid 79, as logged"), (record.Event.Source, record.Event.AlsoSeenBy.Single(), record.Event.Text));
        Assert.Single(Stored());
    }

    [Fact]
    public void A_storm_goes_on_as_the_event_that_it_was()
    {
        Turn(Kernel(45, 0, sequence: 7), Kernel(45, 0.1, sequence: 8));
        Kill();
        var record = Assert.Single(Turn(Kernel(45, 3, sequence: 9)));
        Assert.Equal((1L, false, 1L, 3L), (record.Id, record.IsNew, record.Growth, record.Event.Count));
    }

    /// <summary>The cursor stays before growth that is not told yet, and so before what was told behind it.</summary>
    [Fact]
    public void A_record_that_is_read_again_is_counted_once()
    {
        Turn(Kernel(13, 0, sequence: 7));
        Turn(Kernel(13, 0.1, sequence: 8), Kernel(79, 0.1, sequence: 9)); // 79 is told, the growth of 13 waits for its second
        Assert.Equal(7UL, _store.Load().Cursor!.Value.Sequence);
        Kill();
        Assert.Equal([(1L, 2L)], Turn(Kernel(13, 0.1, sequence: 8), Kernel(79, 0.1, sequence: 9)).Select(record => (record.Id, record.Event.Count)));
        Assert.Equal([(13L, 2L), (79L, 1L)], Stored().Select(record => (record.Event.Code, record.Event.Count)));
        Assert.Equal(9UL, _store.Load().Cursor!.Value.Sequence);
    }

    [Fact]
    public void What_happens_in_another_boot_or_later_is_another_event()
    {
        Turn(Kernel(79, 0, sequence: 7));
        Kill();
        Assert.Equal(2, Assert.Single(Turn(Kernel(79, 0.1, sequence: 7) with { BootId = "boot-2", Cursor = new KernelCursor("boot-2", 7) })).Id);
        Assert.Equal(3, Assert.Single(Turn(Kernel(79, 9, sequence: 8))).Id);
    }

    [Fact]
    public void A_finding_that_was_raised_before_is_not_one_that_goes_on()
    {
        var raised = Library(0, 0) with { Kind = HealthEventKind.StateChanged };
        Turn(raised);
        Kill();
        Assert.Equal(2, Assert.Single(Turn(raised)).Id);
    }

    private (SqliteEventStore Store, EventQueue Queue) Open()
    {
        var store = SqliteEventStore.Open(EventStoreFile.PathIn(_folder.Path));
        var queue = new EventQueue(_time);
        queue.Recall(store.Load());
        return (store, queue);
    }

    /// <summary>What is not committed is gone; and a start takes some seconds.</summary>
    private void Kill()
    {
        _store.Dispose();
        _time.Advance(TimeSpan.FromSeconds(7));
        (_store, _queue) = Open();
    }

    private List<EventRecord> Turn(params HealthEvent[] events)
    {
        foreach (var happened in events) _queue.Add(happened);
        var told = new List<EventRecord>();
        _queue.Take(told, out var cursor);
        _store.Commit([new EventBatch { Events = [.. told], Cursor = cursor }]);
        return told;
    }

    private IReadOnlyList<EventRecord> Stored() => _store.Read(new EventFilter(), 10);
}
