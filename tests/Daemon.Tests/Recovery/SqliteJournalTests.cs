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

    public void Dispose() => _folder.Dispose();

    private SqliteJournal Open() => SqliteJournal.Open(File, Now);

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static JournalEntry.OfIncident Line(long id) => new(new Incident
    {
        Id = id,
        Node = $"n{id}",
        Device = DeviceId.Node,
        Opened = Now,
        Rule = "lost",
        Actions = new(WorkAction.StopNow, RepairAction.RebootNode),
        State = HealthState.Failed,
    })
    { At = Now };
}
