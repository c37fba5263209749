using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Pipeline.Happening;

namespace Forewarn.Daemon.Tests.Pipeline;

/// <summary>What is one event and what are two, and how often an event that goes on is told.</summary>
public sealed class EventQueueTests
{
    private readonly ManualTimeProvider _time = new(Start);
    private readonly EventQueue _queue;

    public EventQueueTests() => _queue = new EventQueue(_time);

    [Fact]
    public void The_same_within_five_seconds_of_its_last_sight_is_one_event_whose_count_grows()
    {
        Add(Library(13, 0));
        var first = Assert.Single(Take());
        Assert.Equal((1L, 1L, true, 1L), (first.Id, first.Event.Count, first.IsNew, first.Growth));

        At(5);
        Add(Library(13, 5));
        At(10);
        Add(Library(13, 10));
        var grown = Assert.Single(Take());
        Assert.Equal((1L, 3L, false, 2L), (grown.Id, grown.Event.Count, grown.IsNew, grown.Growth));
        Assert.Equal((Start, Start + TimeSpan.FromSeconds(10)), (grown.Event.FirstSeen, grown.Event.LastSeen));

        At(15.1);
        Add(Library(13, 15.1));
        var second = Assert.Single(Take());
        Assert.Equal((2L, 1L, true), (second.Id, second.Event.Count, second.IsNew));
    }

    [Fact]
    public void Growth_is_told_at_most_once_a_second_and_new_things_at_once()
    {
        Add(Library(13, 0));
        Take();
        var told = new List<EventRecord>();
        for (var tenth = 1; tenth <= 30; tenth++)
        {
            At(tenth / 10.0);
            Add(Library(13, tenth / 10.0));
            told.AddRange(Take());
        }

        Assert.Equal([11L, 21L, 31L], told.Select(record => record.Event.Count));
        Assert.Equal([10L, 10L, 10L], told.Select(record => record.Growth));
        Add(Library(79, 3));
        Assert.Equal(79, Assert.Single(Take()).Event.Code);
    }

    [Fact]
    public void What_grew_is_told_with_the_event_that_follows_it_so_that_a_restart_does_not_take_it_for_stored()
    {
        Add(Kernel(13, 0, 1));
        Take();
        Add(Kernel(13, 1, 2), Kernel(13, 20, 3)); // of a backlog: read in the same moment
        var stored = Take();
        Assert.Equal([(2L, 3UL, 1L), (1L, 2UL, 2L)], stored.Select(record => (record.Id, record.Event.Cursor!.Value.Sequence, record.Event.Count)));
    }

    [Fact]
    public void Only_something_new_wakes_the_consumer()
    {
        var woken = 0;
        _queue.Arrived = () => woken++;
        Add(Library(13, 0));
        Add(Library(13, 1));
        Add(Library(31, 1));
        Assert.Equal(2, woken);
    }

    [Fact]
    public void What_differs_in_device_code_link_or_boot_is_not_the_same()
    {
        Add(Library(13, 0), Library(31, 0), Library(13, 0, Cards.At("0000:2a:00.0", "GPU-2")), Kernel(74, 0, link: 1), Kernel(74, 0, link: 2), Library(13, 0) with { BootId = "boot-2" });
        Assert.Equal(6, Take().Count);
    }

    [Fact]
    public void A_storm_of_days_is_an_event_each_ten_minutes()
    {
        var records = new List<EventRecord>();
        for (var second = 0; second <= 3600; second++)
        {
            At(second);
            Add(Library(45, second));
            records.AddRange(Take());
        }

        var events = records.Where(record => record.IsNew).ToList();
        Assert.Equal(6, events.Count);
        Assert.Equal(3601, records.Sum(record => record.Growth));
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.Equal(601, (pair.Second.Event.FirstSeen - pair.First.Event.FirstSeen).TotalSeconds));
    }

    [Fact]
    public void Old_lines_that_are_read_at_once_are_as_far_apart_as_they_were()
    {
        Add(Kernel(13, -7200, 1), Kernel(13, -7199, 2), Kernel(13, -3600, 3), Kernel(13, -3599, 4));
        Assert.Equal([2L, 2L], Take().Select(record => record.Event.Count));
    }

    [Fact]
    public void A_change_of_state_is_told_each_time()
    {
        var lost = Library(0, 0) with { Kind = HealthEventKind.PresenceChanged, Text = "Measured → Lost" };
        Add(lost, lost with { Text = "Lost → Measured" });
        Assert.Equal(["Measured → Lost", "Lost → Measured"], Take().Select(record => record.Event.Text));
    }

    [Fact]
    public void Numbers_go_on_from_an_earlier_run_and_the_consumer_s_own_events_have_theirs()
    {
        _queue.Recall(new StoredState { LastId = 41 });
        Add(Library(13, 0));
        Assert.Equal(42, Assert.Single(Take()).Id);
        Assert.Equal(43, _queue.Number(Library(31, 0)).Id);
    }

    [Fact]
    public void What_waits_at_the_end_is_told_and_nothing_is_taken_any_more()
    {
        Add(Library(13, 0));
        Take();
        Add(Library(13, 0.1));
        Assert.Empty(Take());
        _queue.Complete();
        Add(Library(79, 0.2));
        Assert.Equal(2, Assert.Single(Take()).Event.Count);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_full_queue_holds_up_whoever_adds_something_new_and_loses_nothing()
    {
        var adding = Task.Factory.StartNew(() =>
        {
            for (var code = 0; code < 20_000; code++) _queue.Add(Library(code, 0));
            _queue.Complete();
        }, TaskCreationOptions.LongRunning);
        while (_queue.Meter.Depth < _queue.Meter.Capacity) await Task.Yield();
        Assert.False(adding.IsCompleted);
        Add(Library(5, 1)); // the same again needs no room

        var codes = new List<long>();
        while (!adding.IsCompleted || _queue.Meter.Depth > 0)
        {
            codes.AddRange(Take().Where(record => record.IsNew).Select(record => record.Event.Code));
            await Task.Yield();
        }

        codes.AddRange(Take().Where(record => record.IsNew).Select(record => record.Event.Code));
        Assert.Equal(Enumerable.Range(0, 20_000).Select(code => (long)code), codes);
        Assert.Equal((0L, 20_000L), (_queue.Meter.Dropped, _queue.LastId));
    }

    [Fact]
    public void A_flood_of_ever_new_things_takes_no_more_room_and_growth_of_what_had_to_go_is_told()
    {
        Add(Library(1_000_000, 0));
        Take();
        Add(Library(1_000_000, 0.1));
        for (var code = 0; code < 8192; code++)
        {
            Add(Library(code, 0.2));
            if (code % 1024 != 1023) continue;
            var told = Take();
            Assert.Equal(code == 4095 ? 1025 : 1024, told.Count);
        }

        Add(Library(1_000_000, 0.3)); // it had to go: a second event
        Assert.True(Assert.Single(Take()).IsNew);
        Add(Library(8191, 0.3)); // it is still there
        Assert.Empty(Take());
    }

    [Fact]
    public void An_event_after_the_end_holds_nobody_up()
    {
        for (var code = 0; code < _queue.Meter.Capacity; code++) Add(Library(code, 0));
        _queue.Complete();
        Add(Library(-1, 0));
        Assert.Equal(_queue.Meter.Capacity, _queue.Meter.Depth);
    }

    private void Add(params HealthEvent[] events)
    {
        foreach (var happened in events) _queue.Add(happened);
    }

    private List<EventRecord> Take() => QueuedEvents.RecordsOf(_queue);

    private void At(double seconds) => _time.Advance(Start + TimeSpan.FromSeconds(seconds) - _time.GetUtcNow());
}
