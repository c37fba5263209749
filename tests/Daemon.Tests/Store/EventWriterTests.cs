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
    private readonly System.Threading.Channels.ChannelReader<Announcement> _told;

    public EventWriterTests()
    {
        _writer = new EventWriter(_store, () => _store, _stream, TimeSpan.FromDays(14), _time, NullLogger.Instance);
        _told = _stream.Listen(CancellationToken.None);
    }

    public void Dispose() => _writer.Dispose();

    [Fact]
    public void What_is_told_is_stored_already()
    {
        _store.Committing = () => Assert.False(_told.TryRead(out _));
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
        _writer.Turn();
        Assert.Equal(500, Assert.Single(_store.Stored).Event.Count);
    }

    [Fact]
    public void Beyond_ten_thousand_they_are_counted_as_lost_and_findings_are_not_among_them()
    {
        _store.Refusal = "read-only file system";
        _writer.Post(SomeEvents.Batch([.. Enumerable.Range(1, PendingEvents.Most + 5).Select(id => ((long)id, SomeEvents.Xid(id)))]));
        _writer.Post(SomeEvents.Batch((20_000, SomeEvents.Told(HealthEventKind.FindingRaised, SomeEvents.Finding()))));
        Assert.Equal(5, _writer.Meter.Lost);
        _store.Refusal = null;
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
            _writer.Post(SomeEvents.Batch((2, SomeEvents.Xid(79))));
            Assert.Equal([(1L, false), (2L, false)], Told());
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

    private List<(long, bool)> Told()
    {
        var told = new List<(long, bool)>();
        while (_told.TryRead(out var one)) told.Add((one.Record.Id, one.IsDurable));
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

        public IReadOnlyList<EventRecord> Read(EventFilter filter, int most) => Stored;

        public void Forget(DateTimeOffset before) => Forgotten = before;

        public void Dispose()
        {
        }
    }
}
