using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Doctor.Checks;
using Forewarn.Daemon.Store;
using Forewarn.Interop.Linux;
using Forewarn.TestKit;
using static Forewarn.Daemon.Tests.Doctor.Findings;

namespace Forewarn.Daemon.Tests.Doctor;

public class EventStoreCheckTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 3, 0, 0, 0, TimeSpan.Zero);
    private static readonly EventStoreFacts Whole = new("/var/lib/forewarn/events.db", new FileOwner(990, 0, 0x81A0), []);
    private static readonly EventStoreReport Well = new(12, 0, 0, Now.AddSeconds(-5), null);

    [Fact]
    public void A_store_that_takes_events_is_well() =>
        Assert.StartsWith("Ok: 12 stored since the agent's start, the last time 5", Texts(EventStoreCheck.Judge(Whole, Well, 990, Now)), StringComparison.Ordinal);

    [Fact]
    public void A_disk_that_refuses_is_a_warning_and_a_problem_once_events_are_lost()
    {
        var refused = Well with { Trouble = "database or disk is full", Held = 7 };
        Assert.StartsWith("Warning: events are told and not stored: database or disk is full; 7 wait > make room", Texts(EventStoreCheck.Judge(Whole, refused, 990, Now)), StringComparison.Ordinal);
        Assert.StartsWith("Problem: events are told and not stored: database or disk is full; 7 wait, 3 are lost >",
            Texts(EventStoreCheck.Judge(Whole, refused with { Lost = 3 }, 990, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_somebody_else_is_named_where_the_agent_does_not_tell() =>
        Assert.StartsWith("Warning: /var/lib/forewarn/events.db belongs to root", Texts(EventStoreCheck.Judge(Whole with { Owner = new FileOwner(0, 0, 0x81A0) }, null, 990, Now)), StringComparison.Ordinal);

    [Fact]
    public void Broken_files_that_lie_around_are_counted()
    {
        using var folder = new TemporaryFolder();
        folder.Write("events.db", "");
        folder.Write("events.db.corrupt-20260101T000000Z", "");
        folder.Write("events.db.corrupt-20260101T000000Z-wal", "");
        folder.Write("events.db.corrupt-20260102T000000Z", "");
        var last = EventStoreFile.PathIn(folder.Path) + ".corrupt-20260102T000000Z";
        Assert.Contains($"Warning: 2 broken event stores were moved aside, the last as {last} >", Texts(EventStoreCheck.Judge(EventStoreFacts.Look(folder.Path), Well, 990, Now)), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_nothing_yet_there_is_nothing_to_say() =>
        Assert.Empty(EventStoreCheck.Judge(EventStoreFacts.Look("/nonexistent/forewarn"), null, null, Now));
}
