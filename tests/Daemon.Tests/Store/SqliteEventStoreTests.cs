using System.Text.Json;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Store;

public sealed class SqliteEventStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private SqliteEventStore _store;

    public SqliteEventStoreTests() => _store = SqliteEventStore.Open(Path.Join(_folder.Path, "events.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_event_comes_back_as_it_went()
    {
        _store.Commit([SomeEvents.Batch((7, SomeEvents.Xid(79)))]);
        Reopen();
        var back = Assert.Single(_store.Read(new EventFilter(), 10));
        Assert.Equal(7, back.Id);
        Assert.Equal(Text(SomeEvents.Xid(79)), Text(back.Event));
    }

    [Fact]
    public void An_event_that_goes_on_stays_one_row()
    {
        _store.Commit([SomeEvents.Batch((1, SomeEvents.Xid(45)))]);
        _store.Commit([SomeEvents.Batch((1, SomeEvents.Xid(45, 900)))]);
        Assert.Equal(900, Assert.Single(_store.Read(new EventFilter(), 10)).Event.Count);
    }

    [Fact]
    public void What_stood_before_a_restart_stands_after_it()
    {
        var cursor = new KernelCursor("b0070000-0000-4000-8000-000000000001", 4711);
        _store.Commit(
        [
            SomeEvents.Batch((1, SomeEvents.Told(HealthEventKind.FindingRaised, SomeEvents.Finding()))),
            SomeEvents.Batch((2, SomeEvents.Told(HealthEventKind.FindingRaised, SomeEvents.Finding("driver-error", 79)))) with { Cursor = cursor },
            SomeEvents.Batch((3, SomeEvents.Told(HealthEventKind.FindingCleared, SomeEvents.Finding()))) with
            {
                Memories = StoredState.Empty.Memories.Add("GPU-3", [1, 2, 3]),
            },
        ]);
        Reopen();
        var state = _store.Load();
        Assert.Equal((3, cursor), (state.LastId, state.Cursor));
        Assert.Equal(("driver-error", 79), Assert.Single(state.Findings) is var finding ? (finding.Rule, finding.Key) : default);
        Assert.Equal([1, 2, 3], state.Memories["GPU-3"]);
    }

    [Fact]
    public void Old_events_are_forgotten_and_open_findings_are_not()
    {
        _store.Commit([SomeEvents.Batch((1, SomeEvents.Told(HealthEventKind.FindingRaised, SomeEvents.Finding())), (2, SomeEvents.Xid(13)))]);
        _store.Forget(SomeEvents.Noon.AddDays(14));
        Assert.Empty(_store.Read(new EventFilter(), 10));
        Assert.Single(_store.Load().Findings);
    }

    [Fact]
    public void Numbers_are_not_given_twice_after_old_events_are_forgotten()
    {
        _store.Commit([SomeEvents.Batch((9, SomeEvents.Xid(13)))]);
        _store.Forget(SomeEvents.Noon.AddDays(14));
        Reopen();
        Assert.Equal(9, _store.Load().LastId);
    }

    [Theory]
    [InlineData("GPU-3", 1)]
    [InlineData("0000:3b:00.0", 1)]
    [InlineData("1650323", 1)]
    [InlineData("node", 1)]
    [InlineData("GPU-4", 0)]
    public void A_device_is_found_by_all_of_its_names(string device, int found)
    {
        _store.Commit([SomeEvents.Batch((1, SomeEvents.Xid(79)), (2, SomeEvents.Xid(13) with { Device = null }))]);
        var events = _store.Read(new EventFilter(Device: device), 10);
        Assert.Equal(found, events.Count);
        Assert.All(events, one => Assert.True(new EventFilter(Device: device).Takes(one.Event)));
    }

    [Fact]
    public void Of_more_than_fit_the_newest_are_shown_or_the_next()
    {
        _store.Commit([SomeEvents.Batch([.. Enumerable.Range(1, 10).Select(id => ((long)id, SomeEvents.Xid(id)))])]);
        Assert.Equal([8, 9, 10], _store.Read(new EventFilter(Newest: true), 3).Select(one => one.Id));
        Assert.Equal([3, 4, 5], _store.Read(new EventFilter(After: 2), 3).Select(one => one.Id));
        Assert.Equal([5], _store.Read(new EventFilter(Kind: HealthEventKind.DriverError, Since: SomeEvents.Noon), 20).Where(one => one.Event.Code == 5).Select(one => one.Id));
    }

    [Fact]
    public void Old_events_go_some_at_a_time()
    {
        _store.Commit([SomeEvents.Batch([.. Enumerable.Range(1, 2500).Select(id => ((long)id, SomeEvents.Xid(13)))])]);
        var turns = 1;
        while (_store.Forget(SomeEvents.Noon.AddDays(1))) turns++;
        Assert.Equal(3, turns);
        Assert.Empty(_store.Read(new EventFilter(), 10));
    }

    [Fact]
    public void A_file_that_lost_its_name_takes_nothing_more()
    {
        File.Delete(Path.Join(_folder.Path, "events.db"));
        Assert.True(Assert.Throws<EventStoreException>(() => _store.Commit([SomeEvents.Batch((1, SomeEvents.Xid(79)))])).IsDamaged);
    }

    [Fact]
    public void A_file_of_a_later_version_is_left_alone()
    {
        Change("PRAGMA user_version=1000");
        Assert.False(Assert.Throws<EventStoreException>(Reopen).IsDamaged);
    }

    [Fact]
    public void What_the_kernel_s_log_will_tell_of_again_is_recalled_however_much_it_is()
    {
        _store.Commit([SomeEvents.Batch([.. Enumerable.Range(1, 1000).Select(record => ((long)record, Logged(record)))]) with { Cursor = Record(100) }]);
        Reopen();
        Assert.Equal(Enumerable.Range(101, 900).Select(id => (long)id), _store.Load().Newest.Select(one => one.Id));
        _store.Commit([new EventBatch { Cursor = Record(1000) }]);
        Assert.Equal(256, _store.Load().Newest.Length);

        static KernelCursor Record(int number) => new(SomeEvents.Xid(0).BootId, (ulong)number);
        static HealthEvent Logged(int number) => SomeEvents.Xid(number) with { Cursor = Record(number) };
    }

    [Fact]
    public void A_flood_of_findings_does_not_hide_what_may_go_on()
    {
        _store.Commit([SomeEvents.Batch(
            [(1, SomeEvents.Xid(79)), .. Enumerable.Range(2, 500).Select(id => ((long)id, SomeEvents.Told(HealthEventKind.FindingChanged, SomeEvents.Finding())))])]);
        Assert.Equal(79, Assert.Single(_store.Load().Newest).Event.Code);
    }

    private void Change(string sql)
    {
        using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={Path.Join(_folder.Path, "events.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private void Reopen()
    {
        _store.Dispose();
        _store = SqliteEventStore.Open(Path.Join(_folder.Path, "events.db"));
    }

    private static string Text(HealthEvent happened) => JsonSerializer.Serialize(happened with { Device = null }, JsonSerializerOptions.Web) + happened.Device!.Id + happened.Device.Serial;
}
