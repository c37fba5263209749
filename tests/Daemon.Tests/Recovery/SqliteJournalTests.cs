using Forewarn.Controller.Coordination;
using Forewarn.Controller.Incidents;
using Forewarn.Daemon.Recovery;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Data.Sqlite;

namespace Forewarn.Daemon.Tests.Recovery;

public sealed class SqliteJournalTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UnixEpoch.AddDays(20000);

    private readonly TemporaryFolder _folder = new();

    private string File => Path.Join(_folder.Path, "journal.db");

    [Fact]
    public void What_was_written_is_known_to_the_next_and_each_has_its_own_term()
    {
        using (var first = Open())
        {
            Assert.Equal(1, first.State.Epoch);
            first.Append([Line(1), Line(2)]);
        }

        using var second = Open();
        Assert.Equal((2L, 2L, 2), (second.State.Epoch, second.State.LastIncident, second.State.Open.Count()));
        Assert.Equal("n2", Assert.IsType<JournalEntry.OfIncident>(Assert.Single(second.Of(2))).Incident.Node);
    }

    [Fact]
    public void Who_was_overtaken_by_a_later_term_writes_nothing_more()
    {
        using var first = Open();
        using var second = Open();
        Assert.Contains("another controller", Assert.Throws<JournalException>(() => first.Append([Line(1)])).Message, StringComparison.Ordinal);
        Assert.Empty(first.State.Open);
        second.Append([Line(1)]);
        Assert.Single(second.Of(1));
    }

    [Theory]
    [InlineData("DELETE FROM lines", "never taken away")]
    [InlineData("UPDATE lines SET line = '{}'", "never changed")]
    public void A_line_stays_as_it_is(string sql, string says)
    {
        using var journal = Open();
        journal.Append([Line(1)]);
        Assert.Contains(says, Assert.Throws<SqliteException>(() => Run(sql)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INSERT INTO lines(epoch, at, incident, kind, line) VALUES(1, 0, 0, 'incident', 'half a li')")]
    [InlineData("""INSERT INTO lines(epoch, at, incident, kind, line) VALUES(1, 0, 0, 'prophecy', '{"is":"prophecy","at":"2026-01-01T00:00:00Z"}')""")]
    [InlineData("PRAGMA user_version=99")]
    public void A_journal_that_is_not_understood_is_not_acted_on(string sql)
    {
        using (var journal = Open()) journal.Append([Line(1)]);
        Run(sql);
        Assert.Contains(File, Assert.Throws<JournalException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_something_else_is_refused_and_left_alone()
    {
        var text = new string('x', 5000);
        _folder.Write("journal.db", text);
        Assert.Throws<JournalException>(() => Open());
        Assert.Equal(text, System.IO.File.ReadAllText(File));
    }

    [Fact]
    public void What_is_over_goes_after_its_time_and_what_still_counts_stays()
    {
        var old = Now.AddDays(-500);
        using (var journal = Open())
        {
            journal.Append([At(old, Line(1)), Look(old), At(old.AddHours(1), Line(1, isClosed: true))]); // over
            journal.Append([At(old, Line(2)), At(old, Drain(2))]); // open
            journal.Append([At(old, Line(3)), At(Now.AddDays(-300), Line(3, isClosed: true))]); // over, not long enough
            journal.Append([At(old, Order("n9")), Look(Now.AddDays(-1))]);
            journal.Append([At(old, Line(4)), At(old, Line(4, isClosed: true))]); // over, and the last number that was given
        }

        using var again = SqliteJournal.Open(File, Now, TimeSpan.FromDays(400));
        Assert.Empty(again.Of(1));
        Assert.Equal((2, 2, 2), (again.Of(2).Count(line => line is not JournalEntry.OfLook), again.Of(3).Count(line => line is not JournalEntry.OfLook), again.Of(4).Count(line => line is not JournalEntry.OfLook)));
        Assert.Equal("1", Ask("SELECT count(*) FROM lines WHERE kind = 'look'"));
        using var later = SqliteJournal.Open(File, Now, TimeSpan.FromDays(400));
        Assert.Equal((4L, "n2", "n9"), (later.State.LastIncident, Assert.Single(later.State.Open).Node, Assert.Single(later.State.Kept).Key));
        Assert.Equal("n2", Assert.Single(later.State.Drains).Key);
        Assert.Contains("before its time", Assert.Throws<SqliteException>(() => Run("DELETE FROM lines WHERE incident = 3 AND at > (SELECT max(before) FROM cuts)")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_later_it_is_cut_again_by_who_runs_on()
    {
        using var journal = SqliteJournal.Open(File, Now, TimeSpan.FromDays(400));
        journal.Append([Line(1), Line(1, isClosed: true), Line(2)]);
        journal.Append([At(Now.AddDays(399), Line(3))]);
        Assert.Equal(2, journal.Of(1).Count);
        journal.Append([At(Now.AddDays(401), Line(4))]);
        Assert.Empty(journal.Of(1));
        Assert.Single(journal.Of(2));
    }

    [Fact]
    public void A_cut_that_fails_costs_nothing_that_was_written_and_is_told()
    {
        var told = new List<string>();
        using var journal = SqliteJournal.Open(File, Now, TimeSpan.FromDays(400), complain: told.Add);
        journal.Append([Line(1), Line(1, isClosed: true)]);
        Run("CREATE TRIGGER stuck BEFORE DELETE ON lines BEGIN SELECT RAISE(ABORT, 'the disk refuses'); END");
        journal.Append([At(Now.AddDays(401), Line(2))]);
        Assert.Contains("the disk refuses", Assert.Single(told), StringComparison.Ordinal);
        Assert.Equal(2L, journal.State.LastIncident);
        Assert.Equal(2, journal.Of(1).Count);
        Run("DROP TRIGGER stuck");
        journal.Append([At(Now.AddDays(403), Line(3))]);
        Assert.Empty(journal.Of(1));
    }

    [Fact]
    public void Of_looks_those_in_its_course_belong_to_a_trouble()
    {
        using var journal = Open();
        journal.Append([Look(Now), Line(1), Look(Now.AddSeconds(1)), Line(2), Line(1, isClosed: true), Look(Now.AddSeconds(2))]);
        Assert.Equal([Now.AddSeconds(1)], journal.Of(1).OfType<JournalEntry.OfLook>().Select(look => look.At));
        Assert.Equal([Now.AddSeconds(2)], journal.Of(2).OfType<JournalEntry.OfLook>().Select(look => look.At));
    }

    public void Dispose() => _folder.Dispose();

    private SqliteJournal Open() => SqliteJournal.Open(File, Now);

    private string Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return $"{command.ExecuteScalar()}";
    }

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static JournalEntry At(DateTimeOffset at, JournalEntry entry) => entry with { At = at };

    private static JournalEntry.OfLook Look(DateTimeOffset at) => new(at, TimeSpan.Zero) { At = at };

    private static JournalEntry.OfDrain Drain(long id) => new(new OurDrain { Node = $"n{id}", Incident = id, Reason = "forewarn[1/1]: lost", At = Now }) { At = Now };

    private static JournalEntry.OfOrder Order(string node) => new(new PersonOrder(OrderKind.Hold, "root", "ours", Node: node)) { At = Now };

    private static JournalEntry.OfIncident Line(long id, bool isClosed = false) => new(new Incident
    {
        Id = id,
        Node = $"n{id}",
        Device = DeviceId.Node,
        Opened = Now,
        Rule = "lost",
        Actions = new(WorkAction.StopNow, RepairAction.RebootNode),
        State = HealthState.Failed,
        Closed = isClosed ? Now.AddDays(-499) : null,
    })
    { At = Now };
}
