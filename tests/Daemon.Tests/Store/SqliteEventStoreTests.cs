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

    private void Reopen()
    {
        _store.Dispose();
        _store = SqliteEventStore.Open(Path.Join(_folder.Path, "events.db"));
    }

    private static string Text(HealthEvent happened) => JsonSerializer.Serialize(happened with { Device = null }, JsonSerializerOptions.Web) + happened.Device!.Id + happened.Device.Serial;
}
