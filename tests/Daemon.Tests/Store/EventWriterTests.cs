using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Store;

public sealed class EventWriterTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly FakeStore _store = new();
    private readonly EventStream _stream = new();
    private readonly EventWriter _writer;
    private readonly Listener<Announcement> _listener;

    public EventWriterTests()
    {
        _writer = new EventWriter(_ => _store, _stream, TimeSpan.FromDays(14), _time, NullLogger.Instance);
        _writer.Recall();
        _listener = _stream.Listen();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _writer.Dispose();
    }

    [Fact]
    public void What_is_told_is_stored_already()
    {
        _store.Committing = () => Assert.False(_listener.Told.TryRead(out _));
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(79))));
        Assert.True(_writer.Turn());
        Assert.Equal([(1L, true)], Told());
    }

    [Fact]
    public void While_the_disk_refuses_everything_is_told_and_held_and_stored_afterwards_once()
    {
        _store.Refusal = "disk is full";
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(79))));
        Assert.False(_writer.Turn());
        _writer.Post(SomeEvents.Batch((2, SomeEvents.Xid(48))));
        Assert.False(_writer.Turn());
        Assert.Equal([(1L, false), (2L, false)], Told());
        Assert.Equal((2, "disk is full"), (_writer.Meter.Held, _writer.Meter.Refusal));
        _store.Refusal = null;
        Assert.False(_writer.Turn()); // the disk is left in peace for a second
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(_writer.Turn());
        Assert.Empty(Told());
        Assert.Equal([1L, 2L], _store.Ids);
        Assert.Equal((0, null), (_writer.Meter.Held, _writer.Meter.Refusal));
    }

    [Fact]
    public void An_event_that_grows_while_it_is_held_is_stored_with_its_last_count()
    {
        _store.Refusal = "disk is full";
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(45))));
        _writer.Turn();
        _writer.Post(new EventBatch { Events = [new EventRecord(1, SomeEvents.Xid(45, 500), IsNew: false)] });
        _writer.Turn();
        _store.Refusal = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        _writer.Turn();
        Assert.Equal(500, Assert.Single(_store.Stored).Event.Count);
    }

    [Fact]
    public void Beyond_ten_thousand_they_are_counted_as_lost_and_findings_are_not_among_them()
    {
        _store.Refusal = "read-only file system";
        for (var id = 1; id <= PendingEvents.Most + 5; id++) _writer.Post(SomeEvents.Batch((id, SomeEvents.Xid(id))));
        _writer.Post(SomeEvents.Batch((20_000, SomeEvents.Told(HealthEventKind.FindingRaised, SomeEvents.Finding()))));
        Assert.Equal(5, _writer.Meter.Lost);
        _store.Refusal = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        _writer.Turn();
        Assert.Equal(PendingEvents.Most + 1, _store.Stored.Count);
        Assert.Contains(20_000, _store.Ids);
    }

    [Fact]
    public void A_disk_that_does_not_answer_does_not_keep_an_alarm()
    {
        _store.Committing = () =>
        {
            _time.Advance(TimeSpan.FromSeconds(6));
            Assert.Equal([(1L, false)], Told());
            _writer.Post(SomeEvents.Batch((2, SomeEvents.Xid(79))));
            Assert.Equal([(2L, false)], Told());
        };
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(48))));
        _writer.Turn();
        _store.Committing = null;
        _writer.Turn();
        Assert.Empty(Told());
        Assert.Equal([1L, 2L], _store.Ids);
    }

    [Fact]
    public async Task Events_are_kept_for_as_long_as_is_set()
    {
        _writer.Start();
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(79))));
        await Eventually.TrueAsync(() => _store.Forgotten is not null, TimeSpan.FromSeconds(10), "nothing was forgotten");
        Assert.Equal(_time.GetUtcNow() - TimeSpan.FromDays(14), _store.Forgotten);
    }

    [Fact]
    public void What_found_no_room_is_told_all_the_same()
    {
        _store.Refusal = "disk is full";
        for (var id = 1; id <= PendingEvents.Most; id++)
        {
            _writer.Post(SomeEvents.Batch((id, SomeEvents.Xid(id))));
            if (id == 1) _writer.Turn();
        }

        _writer.Turn();
        using var later = _stream.Listen();
        _writer.Post(SomeEvents.Batch((20_000, SomeEvents.Xid(79))));
        Assert.True(later.Told.TryRead(out var told));
        Assert.Equal((20_000, false, 1L), (told.Record.Id, told.IsDurable, _writer.Meter.Lost));
    }

    [Fact]
    public void A_finding_that_changes_its_mind_while_the_disk_is_full_takes_one_place()
    {
        _store.Refusal = "disk is full";
        for (var id = 1; id < PendingEvents.Most; id++) _writer.Post(SomeEvents.Batch((id, SomeEvents.Xid(id))));
        for (var id = 0; id < 50; id++)
            _writer.Post(SomeEvents.Batch((20_000 + id, SomeEvents.Told(id % 2 == 0 ? HealthEventKind.FindingRaised : HealthEventKind.FindingCleared, SomeEvents.Finding()))));
        Assert.Equal((PendingEvents.Most, 49), (_writer.Meter.Held, _writer.Meter.Lost));
        _store.Refusal = null;
        _writer.Turn();
        Assert.Equal(HealthEventKind.FindingCleared, _store.Stored[^1].Event.Kind);
    }

    [Fact]
    public void A_held_event_that_goes_on_is_told_as_going_on()
    {
        _store.Refusal = "disk is full";
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(45))));
        _writer.Turn();
        Told();
        _writer.Post(new EventBatch { Events = [new EventRecord(1, SomeEvents.Xid(45, 500), IsNew: false)] });
        _writer.Turn();
        Assert.True(_listener.Told.TryRead(out var told));
        Assert.Equal((false, 500), (told.Record.IsNew, told.Record.Event.Count));
        Assert.Equal(500, Assert.Single(_writer.Held()).Event.Count);
    }

    [Fact]
    public void A_store_that_cannot_be_opened_is_tried_again_and_numbers_begin_beyond_all_that_it_may_hold()
    {
        var told = new List<string?>();
        IEventStore? opened = null;
        using var writer = new EventWriter(_ => opened ?? throw new EventStoreException("read-only file system", null), _stream, TimeSpan.FromDays(14), _time, NullLogger.Instance)
        {
            Changed = told.Add,
        };
        Assert.Equal(_time.GetUtcNow().ToUnixTimeMilliseconds(), writer.Recall().LastId);
        Assert.Throws<EventStoreException>(() => writer.Read(new EventFilter(), 1));
        opened = _store;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(writer.Turn());
        Assert.Equal(["read-only file system", null], told);
        Assert.Empty(writer.Read(new EventFilter(), 1));
    }

    [Fact]
    public void What_an_earlier_run_had_stored_of_the_kernel_s_log_is_told_again_and_stored_once()
    {
        using var folder = new TemporaryFolder();
        using (var before = SqliteEventStore.Open(EventStoreFile.PathIn(folder.Path)))
            before.Commit([SomeEvents.Batch((1, Logged(4)), (2, Logged(5))) with { Cursor = Record(5) }]);
        var isReadable = false;
        using var writer = new EventWriter(
            _ => isReadable ? SqliteEventStore.Open(EventStoreFile.PathIn(folder.Path)) : throw new EventStoreException("the disk does not answer", null),
            _stream, TimeSpan.FromDays(14), _time, NullLogger.Instance);
        var first = writer.Recall().LastId + 1;
        writer.Post(SomeEvents.Batch((first, Logged(4)), (first + 1, Logged(5))) with { Cursor = Record(3) });
        Assert.False(writer.Turn());
        writer.Post(SomeEvents.Batch((first + 2, Logged(6)), (first + 3, SomeEvents.Xid(79))));
        isReadable = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(writer.Turn());
        Assert.Equal([(first, false), (first + 1, false), (first + 2, true), (first + 3, true)], Told());
        Assert.Equal([1, 2, first + 2, first + 3], writer.Read(new EventFilter(), 10).Select(record => record.Id));
        Assert.Equal(5UL, writer.Recall().Cursor!.Value.Sequence);
    }

    [Fact]
    public void A_store_that_opens_late_takes_nothing_twice_however_many_turns_the_log_takes()
    {
        using var folder = new TemporaryFolder();
        using (var before = SqliteEventStore.Open(EventStoreFile.PathIn(folder.Path)))
            before.Commit([SomeEvents.Batch((1, Logged(4)), (2, Logged(5)), (3, Logged(6))) with { Cursor = Record(6) }]);
        var isReadable = false;
        using var writer = new EventWriter(
            _ => isReadable ? SqliteEventStore.Open(EventStoreFile.PathIn(folder.Path)) : throw new EventStoreException("the disk does not answer", null),
            _stream, TimeSpan.FromDays(14), _time, NullLogger.Instance);
        var id = writer.Recall().LastId;
        isReadable = true;
        _time.Advance(TimeSpan.FromSeconds(1));
        for (var record = 4UL; record <= 7; record++)
        {
            writer.Post(SomeEvents.Batch((++id, Logged(record))) with { Cursor = Record(record) });
            Assert.True(writer.Turn());
        }

        Assert.Equal([4, 5, 6, 7], writer.Read(new EventFilter(), 10).Select(record => record.Event.Code));
        Assert.Equal(1, writer.Meter.Stored);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_disk_that_does_not_answer_keeps_neither_the_end_nor_what_is_still_to_be_told()
    {
        using var asked = new ManualResetEventSlim();
        using var answers = new ManualResetEventSlim();
        _store.Committing = () =>
        {
            asked.Set();
            answers.Wait();
        };
        _writer.Start();
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(79))));
        await Eventually.TrueAsync(() => asked.IsSet, TimeSpan.FromSeconds(10), "the disk is asked");
        _writer.Dispose();
        Assert.Equal([(1L, false)], Told());
        answers.Set();
        await Eventually.TrueAsync(() => _writer.Meter.Held == 0, TimeSpan.FromSeconds(10), "the disk answers in the end");
    }

    [Fact]
    public void The_disk_is_asked_less_and_less_often_and_twice_a_minute_at_least()
    {
        var asked = 0;
        _store.Committing = () => asked++;
        _store.Refusal = "disk is full";
        _writer.Post(SomeEvents.Batch((1, SomeEvents.Xid(79))));
        for (var second = 0; second < 300; second++)
        {
            _writer.Turn();
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(asked, 300 / 30, 20);
    }

    private static KernelCursor Record(ulong number) => new(SomeEvents.Xid(0).BootId, number);

    private static HealthEvent Logged(ulong number) => SomeEvents.Xid((long)number) with { Cursor = Record(number) };

    private List<(long, bool)> Told()
    {
        var told = new List<(long, bool)>();
        while (_listener.Told.TryRead(out var one)) told.Add((one.Record.Id, one.IsDurable));
        return told;
    }

    private sealed class FakeStore : IEventStore
    {
        public string? Refusal { get; set; }

        public Action? Committing { get; set; }

        public List<EventRecord> Stored { get; } = [];

        public IEnumerable<long> Ids => Stored.Select(record => record.Id);

        public DateTimeOffset? Forgotten { get; private set; }

        public StoredState Load() => StoredState.Empty;

        public void Commit(IReadOnlyList<EventBatch> batches)
        {
            Committing?.Invoke();
            if (Refusal is not null) throw new EventStoreException(Refusal, null);
            Stored.AddRange(batches.SelectMany(batch => batch.Events));
        }

        public string Identity => "fake";

        public IReadOnlyList<EventRecord> Read(EventFilter filter, int most) => Stored;

        public long CountAfter(long number) => Stored.LongCount(record => record.Id > number);

        public bool Forget(DateTimeOffset before)
        {
            Forgotten = before;
            return false;
        }

        public void Dispose()
        {
        }
    }
}
