using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Forewarn.Controller.Coordination;
using Microsoft.Data.Sqlite;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// The journal in one SQLite file. Each start begins a new term; who finds that a later one has begun writes nothing more, so that two controllers on one
/// file never act both.
/// </summary>
internal sealed class SqliteJournal : IJournal
{
    private static readonly TimeSpan BetweenCuts = TimeSpan.FromDays(1);

    private readonly SqliteConnection _connection;
    private readonly SqliteConnection _reader;
    private readonly TimeSpan _keep;
    private readonly Action<string>? _complain;
    private readonly Lock _lock = new();
    private readonly Lock _reading = new();
    private DateTimeOffset _cut;
    private ControllerState _state = ControllerState.Empty;
    private long _newest;

    private SqliteJournal(string path, TimeSpan keep, Action<string>? complain)
    {
        // 2 s: who looks into the file with a tool of his own may hold it that long and no longer.
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 2 };
        _connection = new(text.ToString());
        text.Mode = SqliteOpenMode.ReadOnly;
        _reader = new(text.ToString());
        (_keep, _complain) = (keep, complain);
    }

    public ControllerState State => Volatile.Read(ref _state);

    /// <summary>The number of the last line; 0 while there is none. Numbers grow by one with each line.</summary>
    public long Newest => Interlocked.Read(ref _newest);

    /// <summary>Opens the file, makes it where there is none, and begins a term. Throws <see cref="JournalException"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="now">When the term begins.</param>
    /// <param name="keep">How long what is over is kept, by its last line; zero for ever.</param>
    /// <param name="each">Is told each line that is there, with how the journal stood before it; null for nobody.</param>
    /// <param name="complain">Is told why what is over could not be taken away; null for nobody.</param>
    public static SqliteJournal Open(string path, DateTimeOffset now, TimeSpan keep = default, Action<ControllerState, JournalEntry>? each = null, Action<string>? complain = null)
    {
        SQLitePCL.Batteries_V2.Init();
        var journal = new SqliteJournal(path, keep, complain);
        try
        {
            journal._connection.Open();
            journal.Demand("PRAGMA journal_mode=WAL", "wal");
            journal.Demand("PRAGMA synchronous=FULL; PRAGMA synchronous", "2"); // 2 is FULL: each commit syncs the log before it returns
            journal.Migrate();
            journal.Load(each);
            journal.Begin(now);
            journal.Cut(now);
            journal._reader.Open();
            return journal;
        }
        catch (Exception exception) when (exception is SqliteException or JsonException or NotSupportedException or JournalException)
        {
            journal.Dispose();
            throw new JournalException($"{path}: {exception.Message}", exception);
        }
    }

    public void Append(ImmutableArray<JournalEntry> entries)
    {
        lock (_lock)
        {
            try
            {
                using var transaction = _connection.BeginTransaction();
                var term = long.Parse(Ask("SELECT max(epoch) FROM terms"), CultureInfo.InvariantCulture);
                if (term != _state.Epoch) throw new JournalException($"term {term} has begun, and ours is {_state.Epoch}: another controller has taken over");
                var newest = _newest;
                foreach (var entry in entries) newest = Insert(entry);
                transaction.Commit();
                Interlocked.Exchange(ref _newest, newest);
            }
            catch (SqliteException exception)
            {
                throw new JournalException($"the journal was not written: {exception.Message}", exception);
            }

            Volatile.Write(ref _state, entries.Aggregate(_state, static (state, entry) => state.With(entry)));
            if (!entries.IsEmpty && entries[^1].At - _cut >= BetweenCuts) Cut(entries[^1].At);
        }
    }

    /// <summary>Of looks those from its first line on; of a trouble that is over those up to its last.</summary>
    public IReadOnlyList<JournalEntry> Of(long incident)
    {
        var isOpen = State.Incidents.GetValueOrDefault(incident) is { IsOpen: true } ? 1 : 0;
        return [.. Lines($"""
            WITH own AS (SELECT min(id) AS first, max(id) AS last FROM lines WHERE incident = {incident})
            SELECT lines.id, line FROM lines, own WHERE incident = {incident}
            UNION ALL
            SELECT lines.id, line FROM own JOIN lines ON lines.id > first AND (lines.id < last OR {isOpen}) WHERE kind = 'look' AND incident <> {incident}
            ORDER BY 1
            """).Select(static line => line.Entry)];
    }

    /// <summary>Lines behind this number but those of looks, in their order.</summary>
    public IReadOnlyList<(long Id, JournalEntry Entry)> After(long id, int most) => Lines($"SELECT id, line FROM lines WHERE id > {id} AND kind <> 'look' ORDER BY id LIMIT {most}");

    /// <summary>The newest of these, in their order.</summary>
    public IReadOnlyList<(long Id, JournalEntry Entry)> Last(int most)
        => Lines($"SELECT id, line FROM (SELECT id, line FROM lines WHERE kind <> 'look' ORDER BY id DESC LIMIT {most}) ORDER BY id");

    public void Dispose()
    {
        _reader.Dispose();
        _connection.Dispose();
    }

    // On a connection of its own: whoever reads what was, holds up nobody who writes what is about to be done.
    private IReadOnlyList<(long Id, JournalEntry Entry)> Lines(FormattableString sql)
    {
        lock (_reading)
        {
            try
            {
                return [.. Read(_reader, sql)];
            }
            catch (Exception exception) when (exception is SqliteException or JsonException or NotSupportedException)
            {
                throw new JournalException($"the journal cannot be read: {exception.Message}", exception);
            }
        }
    }

    private void Load(Action<ControllerState, JournalEntry>? each)
    {
        foreach (var (_, entry) in Read(_connection, $"SELECT id, line FROM lines WHERE kind NOT IN ('look', 'act') ORDER BY id"))
        {
            each?.Invoke(_state, entry);
            _state = _state.With(entry);
        }

        _newest = long.Parse(Ask("SELECT coalesce(max(id), 0) FROM lines"), CultureInfo.InvariantCulture);
    }

    private void Begin(DateTimeOffset now)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO terms(epoch, began) VALUES((SELECT coalesce(max(epoch), 0) + 1 FROM terms), $began) RETURNING epoch";
        command.Parameters.AddWithValue("$began", now.UtcTicks);
        _state = _state with
        {
            Epoch = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture),
            Since = new(long.Parse(Ask("SELECT min(began) FROM terms"), CultureInfo.InvariantCulture), TimeSpan.Zero),
        };
    }

    // What is over long enough goes: looks, and troubles whose last line is older, unless a node that is out of service or under repair still rests on them.
    // Persons' orders that belong to no trouble stay, and so does the trouble with the highest number: it is never given again. A drain stays as long as anything
    // older does: of the drains of one node the last counts.
    private void Cut(DateTimeOffset now)
    {
        _cut = now;
        if (_keep == TimeSpan.Zero) return;
        var before = (now - _keep).UtcTicks;
        var counts = new SortedSet<long>([.. State.Incidents.Keys, .. State.Drains.Values.Select(static drain => drain.Incident), .. State.Repairs.Values.Select(static repair => repair.Incident), State.LastIncident]);
        var text = string.Join(',', counts);
        try
        {
            using var transaction = _connection.BeginTransaction();
            Ask(string.Create(CultureInfo.InvariantCulture, $"""
                INSERT INTO cuts(at, before) VALUES({now.UtcTicks}, {before});
                DELETE FROM lines WHERE at < {before} AND ((incident = 0 AND kind IN ('look', 'act'))
                  OR (incident > 0 AND incident NOT IN ({text}) AND incident NOT IN (SELECT incident FROM lines WHERE at >= {before})
                    AND NOT (kind = 'drain' AND incident > {counts.Min})));
                DELETE FROM cuts WHERE before < {before}
                """));
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            _complain?.Invoke(exception.Message); // what was to be written is written; tomorrow it is tried again
        }
    }

    private long Insert(JournalEntry entry)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "INSERT INTO lines(epoch, at, incident, kind, line) VALUES($epoch, $at, $incident, $kind, $line) RETURNING id";
        command.Parameters.AddWithValue("$epoch", _state.Epoch);
        command.Parameters.AddWithValue("$at", entry.At.UtcTicks);
        command.Parameters.AddWithValue("$incident", entry.About);
        command.Parameters.AddWithValue("$kind", entry.Kind);
        command.Parameters.AddWithValue("$line", JsonSerializer.Serialize(entry, JournalJson.Default.JournalEntry));
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static IEnumerable<(long Id, JournalEntry Entry)> Read(SqliteConnection connection, FormattableString sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql.ToString(CultureInfo.InvariantCulture); // a number is all that is ever put in
        using var row = command.ExecuteReader();
        while (row.Read())
        {
            var entry = JsonSerializer.Deserialize(row.GetString(1), JournalJson.Default.JournalEntry) ?? throw new JournalException($"line {row.GetInt64(0)} of the journal says nothing");
            yield return (row.GetInt64(0), entry);
        }
    }

    private void Migrate()
    {
        var version = int.Parse(Ask("PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > JournalSchema.Steps.Count) throw new JournalException($"it is of version {version}, and this program knows {JournalSchema.Steps.Count}: it was written by a later Forewarn");
        for (; version < JournalSchema.Steps.Count; version++)
        {
            using var transaction = _connection.BeginTransaction();
            Ask(string.Create(CultureInfo.InvariantCulture, $"{JournalSchema.Steps[version]} PRAGMA user_version={version + 1}"));
            transaction.Commit();
        }
    }

    private string Ask(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private void Demand(string sql, string expected)
    {
        if (Ask(sql) is var answer && answer != expected) throw new JournalException($"SQLite answers '{answer}' to {sql}: here nothing is certain to be on the disk");
    }
}
