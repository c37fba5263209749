using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Microsoft.Data.Sqlite;

namespace Forewarn.Daemon.Store;

/// <summary>
/// The events in one SQLite file. One thread writes; readers have a connection of their own, and the log of a WAL file lets neither wait for the
/// other.
/// </summary>
internal sealed class SqliteEventStore : IEventStore
{
    // Own figures: half a million events, of which the first go; and so few at once that a commit does not wait for long.
    private const long MostBytes = 256L << 20;
    private const int MostForgotten = 1000;

    // Own figures: as many kinds of trouble as can be going on at once when the agent is killed, beside those that the kernel's log will tell of again;
    // looked for among so many, since a flood of findings may stand before them.
    private const int MostRecalled = 256;
    private const int MostLookedAt = 4096;

    // Behind the cursor stands what will be read again: who does not know it tells of it twice. All of it, up to what the queue can hold open.
    private static readonly string Recalled =
        $"SELECT {EventRows.Columns} FROM events WHERE id IN (SELECT events.id FROM events, cursor WHERE events.boot = cursor.boot AND record > sequence UNION "
        + $"SELECT id FROM (SELECT id FROM (SELECT id, kind FROM events ORDER BY id DESC LIMIT {MostLookedAt}) WHERE kind IN ({KindsThatGoOn}) ORDER BY id DESC LIMIT {MostRecalled})) "
        + "ORDER BY id";

    private readonly string _path;
    private readonly Lock _reading = new();
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private readonly SqliteCommand _addEvent;
    private readonly SqliteCommand _addFinding;
    private readonly SqliteCommand _removeFinding;
    private readonly SqliteCommand _moveCursor;
    private readonly SqliteCommand _keepMemory;
    private readonly SqliteCommand _keepNumber;
    private readonly SqliteCommand _forgetOld;
    private readonly SqliteCommand _forgetFirst;
    private readonly SqliteCommand _pages;
    private bool _isClosed;

    private SqliteEventStore(string path, SqliteConnection writer)
    {
        (_path, _writer) = (path, writer);
        _reader = EventDatabase.OpenToRead(path);
        // An event that goes on has its number: its row grows.
        _addEvent = Prepared(
            $"INSERT INTO events({EventRows.Columns}) VALUES($id, $kind, $device, $pci, $serial, $slot, $idx, $vendor, $name, $code, $first_seen, $last_seen, $count, $boot, "
            + "$source, $text, $raw, $detail, $finding, $record) ON CONFLICT(id) DO UPDATE SET last_seen = excluded.last_seen, count = excluded.count, source = excluded.source, "
            + "text = excluded.text, raw = excluded.raw, detail = excluded.detail, record = excluded.record");
        _addFinding = Prepared("INSERT INTO findings VALUES($device, $rule, $key, $finding) ON CONFLICT DO UPDATE SET finding = excluded.finding");
        _removeFinding = Prepared("DELETE FROM findings WHERE device = $device AND rule = $rule AND key = $key");
        _moveCursor = Prepared(
            "INSERT INTO cursor VALUES(1, $boot, $sequence) ON CONFLICT DO UPDATE SET boot = excluded.boot, sequence = excluded.sequence "
            + "WHERE excluded.boot <> boot OR excluded.sequence > sequence");
        _keepNumber = Prepared("INSERT INTO numbers VALUES(1, $last) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)");
        _keepMemory = Prepared("INSERT INTO memories VALUES($device, $memory) ON CONFLICT DO UPDATE SET memory = excluded.memory");
        _forgetOld = Prepared($"DELETE FROM events WHERE id IN (SELECT id FROM events WHERE last_seen < $before LIMIT {MostForgotten})");
        _forgetFirst = Prepared($"DELETE FROM events WHERE id IN (SELECT id FROM events ORDER BY id LIMIT {MostForgotten})");
        _pages = Prepared("SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size");
        Identity = Rows("SELECT id FROM identity", static row => row.GetString(0)).FirstOrDefault() ?? "";
    }

    public string Identity { get; }

    /// <summary>Opens the file, and makes it where there is none, with numbers after this one. Throws <see cref="EventStoreException"/>.</summary>
    public static SqliteEventStore Open(string path, long firstAfter = 0, bool isBroken = false)
    {
        try
        {
            var writer = EventDatabase.Open(path, firstAfter, isBroken);
            try
            {
                return new SqliteEventStore(path, writer);
            }
            catch
            {
                writer.Dispose();
                throw;
            }
        }
        catch (SqliteException exception)
        {
            throw Refused(exception);
        }
    }

    public StoredState Load() => Asked(() => new StoredState
    {
        LastId = Rows("SELECT coalesce(max(last), 0) FROM numbers", static row => row.GetInt64(0))[0],
        Cursor = Rows("SELECT boot, sequence FROM cursor", static row => (KernelCursor?)new KernelCursor(row.GetString(0), (ulong)row.GetInt64(1))).FirstOrDefault(),
        Newest = [.. Rows(Recalled, EventRows.Read)],
        Findings = [.. Rows("SELECT finding FROM findings", static row => EventRows.ReadFinding(row.GetString(0))).OfType<Finding>()],
        Memories = Rows("SELECT device, memory FROM memories", static row => KeyValuePair.Create(row.GetString(0), row.GetFieldValue<byte[]>(1))).ToImmutableDictionary(),
    });

    public void Commit(IReadOnlyList<EventBatch> batches) => Written(() =>
    {
        using var transaction = _writer.BeginTransaction();
        foreach (var batch in batches) Add(batch, transaction);
        transaction.Commit();
        return true;
    });

    public IReadOnlyList<EventRecord> Read(EventFilter filter, int most) => Asked(() =>
    {
        var rows = Rows(
            $"SELECT {EventRows.Columns} FROM events WHERE id > $after AND id <= $upto AND last_seen >= $since AND ($device IS NULL OR $device IN (device, pci, serial)) "
            + $"AND ($kind IS NULL OR kind = $kind) ORDER BY id {(filter.Newest ? "DESC" : "ASC")} LIMIT $most",
            EventRows.Read,
            ("$after", filter.After), ("$upto", filter.UpTo), ("$since", filter.Since.UtcTicks), ("$device", filter.Device), ("$kind", filter.Kind?.ToString()), ("$most", most));
        if (filter.Newest) rows.Reverse();
        return rows;
    });

    public long CountAfter(long number) => Asked(() =>
        Rows("SELECT count(*) FROM events WHERE id > $number", static row => row.GetInt64(0), ("$number", number))[0]);

    public bool Forget(DateTimeOffset before) => Written(() =>
    {
        if (_pages.ExecuteScalar() is > MostBytes) return _forgetFirst.ExecuteNonQuery() > 0;
        EventRows.Set(_forgetOld.Parameters, "$before", before.UtcTicks);
        return _forgetOld.ExecuteNonQuery() == MostForgotten;
    });

    public void Dispose()
    {
        lock (_reading)
        {
            _isClosed = true;
            _reader.Dispose();
        }

        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_addEvent, _addFinding, _removeFinding, _moveCursor, _keepMemory, _keepNumber, _forgetOld, _forgetFirst, _pages]) command.Dispose();
        _writer.Dispose();
    }

    private static string KindsThatGoOn => string.Join(", ", Enum.GetValues<HealthEventKind>().Where(kind => !EventQueue.IsChange(kind)).Select(kind => $"'{kind}'"));

    private T Asked<T>(Func<T> read)
    {
        lock (_reading)
        {
            if (_isClosed) throw new EventStoreException("the store is being opened anew", null);
            try
            {
                return read();
            }
            catch (SqliteException exception)
            {
                throw Refused(exception);
            }
        }
    }

    private T Written<T>(Func<T> write)
    {
        // SQLite writes on into a file that has lost its name, and nobody would find the events again.
        if (!File.Exists(_path)) throw new EventStoreException($"{_path} was removed", null) { IsDamaged = true };
        try
        {
            return write();
        }
        catch (SqliteException exception)
        {
            throw Refused(exception);
        }
    }

    private void Add(EventBatch batch, SqliteTransaction transaction)
    {
        // First: what these events say of a finding is later.
        foreach (var finding in batch.Standing) Keep(finding, HealthEventKind.FindingRaised, transaction);
        foreach (var record in batch.Events)
        {
            EventRows.Bind(_addEvent.Parameters, in record);
            Run(_addEvent, transaction);
            if (record.Event is { Finding: { } finding, Kind: HealthEventKind.FindingRaised or HealthEventKind.FindingChanged or HealthEventKind.FindingCleared })
                Keep(finding, record.Event.Kind, transaction);
        }

        if (batch.Events is [.., var newest]) Run(_keepNumber, transaction, ("$last", newest.Id));
        if (batch.Cursor is { } cursor) Run(_moveCursor, transaction, ("$boot", cursor.BootId), ("$sequence", (long)cursor.Sequence));
        foreach (var (device, memory) in batch.Memories) Run(_keepMemory, transaction, ("$device", device), ("$memory", memory));
    }

    private void Keep(Finding finding, HealthEventKind kind, SqliteTransaction transaction)
    {
        var command = kind == HealthEventKind.FindingCleared ? _removeFinding : _addFinding;
        EventRows.Set(command.Parameters, "$device", finding.Device.Value);
        EventRows.Set(command.Parameters, "$rule", finding.Rule);
        EventRows.Set(command.Parameters, "$key", finding.Key);
        if (command == _addFinding) EventRows.Set(command.Parameters, "$finding", EventRows.Write(finding));
        Run(command, transaction);
    }

    private static void Run(SqliteCommand command, SqliteTransaction transaction, params ReadOnlySpan<(string Name, object Value)> values)
    {
        foreach (var (name, value) in values) EventRows.Set(command.Parameters, name, value);
        command.Transaction = transaction;
        command.ExecuteNonQuery();
    }

    private List<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = _reader.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read()) found.Add(read(rows));
        return found;
    }

    private SqliteCommand Prepared(string sql)
    {
        var command = _writer.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private static EventStoreException Refused(SqliteException exception)
        => new(exception.Message, exception) { IsDamaged = exception.SqliteErrorCode is SqliteCode.Corrupt or SqliteCode.NotADatabase };
}
