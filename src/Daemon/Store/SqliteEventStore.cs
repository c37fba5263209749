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

    private SqliteEventStore(string path, SqliteConnection writer)
    {
        (_path, _writer) = (path, writer);
        _reader = EventDatabase.Open(path);
        // An event that goes on has its number: its row grows.
        _addEvent = Prepared(
            $"INSERT INTO events({EventRows.Columns}) VALUES($id, $kind, $device, $pci, $serial, $slot, $idx, $vendor, $name, $code, $first_seen, $last_seen, $count, $boot, "
            + "$source, $text, $raw, $detail, $finding) ON CONFLICT(id) DO UPDATE SET last_seen = excluded.last_seen, count = excluded.count, source = excluded.source, "
            + "text = excluded.text, raw = excluded.raw, detail = excluded.detail");
        _addFinding = Prepared("INSERT INTO findings VALUES($device, $rule, $key, $finding) ON CONFLICT DO UPDATE SET finding = excluded.finding");
        _removeFinding = Prepared("DELETE FROM findings WHERE device = $device AND rule = $rule AND key = $key");
        _moveCursor = Prepared("INSERT INTO cursor VALUES(1, $boot, $sequence) ON CONFLICT DO UPDATE SET boot = excluded.boot, sequence = excluded.sequence");
        _keepNumber = Prepared("INSERT INTO numbers VALUES(1, $last) ON CONFLICT DO UPDATE SET last = max(last, excluded.last)");
        _keepMemory = Prepared("INSERT INTO memories VALUES($device, $memory) ON CONFLICT DO UPDATE SET memory = excluded.memory");
    }

    public string Path => _path;

    /// <summary>Opens the file, and makes it where there is none. Throws <see cref="EventStoreException"/>.</summary>
    public static SqliteEventStore Open(string path)
    {
        try
        {
            var writer = EventDatabase.Open(path);
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

    public StoredState Load()
    {
        lock (_reading)
        {
            return new StoredState
            {
                LastId = Rows("SELECT coalesce(max(last), 0) FROM numbers", static row => row.GetInt64(0))[0],
                Cursor = Rows("SELECT boot, sequence FROM cursor", static row => (KernelCursor?)new KernelCursor(row.GetString(0), (ulong)row.GetInt64(1))).FirstOrDefault(),
                Findings = [.. Rows("SELECT finding FROM findings", static row => EventRows.ReadFinding(row.GetString(0))).OfType<Finding>()],
                Memories = Rows("SELECT device, memory FROM memories", static row => KeyValuePair.Create(row.GetString(0), row.GetFieldValue<byte[]>(1))).ToImmutableDictionary(),
            };
        }
    }

    public void Commit(IReadOnlyList<EventBatch> batches)
    {
        try
        {
            using var transaction = _writer.BeginTransaction();
            foreach (var batch in batches) Add(batch, transaction);
            transaction.Commit();
        }
        catch (SqliteException exception)
        {
            throw Refused(exception);
        }
    }

    public IReadOnlyList<EventRecord> Read(EventFilter filter, int most)
    {
        lock (_reading)
        {
            try
            {
                var rows = Rows(
                    $"SELECT {EventRows.Columns} FROM events WHERE id > $after AND last_seen >= $since AND ($device IS NULL OR device = $device) "
                    + $"AND ($kind IS NULL OR kind = $kind) ORDER BY id {(filter.Newest ? "DESC" : "ASC")} LIMIT $most",
                    EventRows.Read,
                    ("$after", filter.After), ("$since", filter.Since.UtcTicks), ("$device", filter.Device?.Value), ("$kind", filter.Kind?.ToString()), ("$most", most));
                if (filter.Newest) rows.Reverse();
                return rows;
            }
            catch (SqliteException exception)
            {
                throw Refused(exception);
            }
        }
    }

    public void Forget(DateTimeOffset before)
    {
        try
        {
            using var command = _writer.CreateCommand();
            command.CommandText = "DELETE FROM events WHERE last_seen < $before";
            command.Parameters.AddWithValue("$before", before.UtcTicks);
            command.ExecuteNonQuery();
        }
        catch (SqliteException exception)
        {
            throw Refused(exception);
        }
    }

    public void Dispose()
    {
        foreach (var command in (ReadOnlySpan<SqliteCommand>)[_addEvent, _addFinding, _removeFinding, _moveCursor, _keepMemory, _keepNumber]) command.Dispose();
        _reader.Dispose();
        _writer.Dispose();
    }

    private void Add(EventBatch batch, SqliteTransaction transaction)
    {
        foreach (var record in batch.Events)
        {
            EventRows.Bind(_addEvent.Parameters, in record);
            Run(_addEvent, transaction);
            if (record.Event.Finding is { } finding) Keep(finding, record.Event.Kind, transaction);
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
