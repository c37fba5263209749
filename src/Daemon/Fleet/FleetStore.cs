using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Forewarn.Model;
using Microsoft.Data.Sqlite;

namespace Forewarn.Daemon.Fleet;

/// <summary>The fleet in one SQLite file: how each node stood last, and what happened to each card wherever it was. One writes; readers have a connection of their own.</summary>
internal sealed class FleetStore : IDisposable
{
    /// <summary>Own figure: what is returned of one card, the newest; a card that had more is replaced.</summary>
    public const int MostOfACard = 200;

    // Own figure: the history of five cards that had much, some 300 KB; an agent asks again for those that did not fit.
    private const int MostReturned = 1000;

    private const int MostForgotten = 1000;

    // Own figures: what one node may fill, some 6 MB, whoever has its token. No node has so many cards, nor in a year so much that happens; its own store has more.
    private const int MostOfANode = 20_000;
    private const int MostCardsOfANode = 1024;

    private readonly Lock _reading = new();
    private readonly SqliteConnection _writer;
    private readonly SqliteConnection _reader;
    private bool _isClosed;

    private FleetStore(SqliteConnection writer, SqliteConnection reader) => (_writer, _reader) = (writer, reader);

    /// <summary>Opens the file, and makes it where there is none. Throws <see cref="FleetStoreException"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isBroken">Somebody found it broken: it is looked through whatever its size.</param>
    public static FleetStore Open(string path, bool isBroken = false) => Guarded(() =>
    {
        SQLitePCL.Batteries_V2.Init();
        var writer = EventDatabase.Open(path, SqliteOpenMode.ReadWriteCreate, connection => Prepare(connection, path, isBroken));
        try
        {
            return new FleetStore(writer, EventDatabase.OpenToRead(path));
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    });

    /// <summary>All nodes that an earlier run knew. One whose report is not understood any more is left out: it will be heard again.</summary>
    public IReadOnlyList<StoredNode> Load()
    {
        var texts = new SharedTexts();
        return Asked(
            "SELECT report, coalesce(at, 0), coalesce(taken, 0) FROM nodes LEFT JOIN heard ON heard.node = name "
            + "LEFT JOIN stores ON stores.node = name AND stores.store = report ->> 'store'",
            row => Node(row.GetString(0), row.GetInt64(1), row.GetInt64(2), texts)).OfType<StoredNode>().ToList();
    }

    /// <summary>Stores what belongs to several reports at once. What is there already is not stored twice.</summary>
    public void Commit(IReadOnlyList<FleetEntry> entries) => Written(transaction =>
    {
        foreach (var entry in entries)
        {
            var (node, store, heard) = (entry.Report.Node, entry.Report.Store, entry.Heard.UtcTicks);
            Run(transaction, "INSERT INTO nodes VALUES($name, $report) ON CONFLICT DO UPDATE SET report = excluded.report",
                ("$name", node), ("$report", JsonSerializer.Serialize(entry.Report, FleetJson.Default.AgentReport)));
            Run(transaction, Hear, ("$node", node), ("$at", heard));
            foreach (var device in entry.Report.Devices.Where(static device => device.Serial.Length > 0))
                Run(transaction, "INSERT INTO cards VALUES($serial, $node, $last) ON CONFLICT DO UPDATE SET last = excluded.last", ("$serial", device.Serial), ("$node", node), ("$last", heard));
            foreach (var (one, serial) in entry.Transitions)
            {
                Run(transaction, "INSERT INTO transitions VALUES($node, $store, $id, $kind, $device, $serial, $at, $kept, $text, $rule, $code) ON CONFLICT DO NOTHING",
                    ("$node", node), ("$store", store), ("$id", one.Id), ("$kind", one.Kind.ToString()), ("$device", one.Device), ("$serial", serial),
                    ("$at", one.At.UtcTicks), ("$kept", heard), ("$text", one.Text), ("$rule", one.Rule), ("$code", one.Code));
            }

            Bound(transaction, node, store, hasTransitions: !entry.Transitions.IsEmpty);
            using var take = Command(transaction, "INSERT INTO stores VALUES($node, $store, $taken) ON CONFLICT DO UPDATE SET taken = max(taken, excluded.taken) RETURNING taken",
                ("$node", node), ("$store", store), ("$taken", entry.Transitions.IsEmpty ? 0 : entry.Transitions[^1].Transition.Id));
            entry.Taken = (long)take.ExecuteScalar()!;
        }
    });

    /// <summary>When nodes were heard last.</summary>
    public void Keep(IEnumerable<(string Node, DateTimeOffset Heard)> nodes) => Written(transaction =>
    {
        foreach (var (node, heard) in nodes) Run(transaction, Hear, ("$node", node), ("$at", heard.UtcTicks));
    });

    /// <summary>What is known of cards from elsewhere than this store of this node, be it nothing; the last of them are left out where it would be too much at once.</summary>
    public ImmutableArray<CardHistory> Histories(IEnumerable<string> serials, string node, string store)
    {
        var found = ImmutableArray.CreateBuilder<CardHistory>();
        var count = 0;
        foreach (var serial in serials)
        {
            if (count > 0 && count + MostOfACard > MostReturned) break;
            var happened = Asked(
                $"SELECT {Columns}, node FROM transitions WHERE serial = $serial AND NOT (node = $node AND store = $store) ORDER BY kept DESC, at DESC, id DESC LIMIT $most",
                static row => Transition(row) with { Node = row.GetString(7) }, ("$serial", serial), ("$node", node), ("$store", store), ("$most", MostOfACard));
            happened.Reverse();
            count += happened.Count;
            var nodes = Asked("SELECT node FROM cards WHERE serial = $serial ORDER BY last", static row => row.GetString(0), ("$serial", serial));
            found.Add(new CardHistory(serial, [.. nodes], [.. happened]));
        }

        return found.ToImmutable();
    }

    /// <summary>What happened on a node, the newest first.</summary>
    public IReadOnlyList<ReportedTransition> Newest(string node, int most)
        => Asked($"SELECT {Columns} FROM transitions WHERE node = $node ORDER BY kept DESC, store DESC, id DESC LIMIT $most", Transition, ("$node", node), ("$most", most));

    /// <summary>Removes what is older; true when there is more of it.</summary>
    public bool Forget(DateTimeOffset before)
    {
        var removed = 0;
        Written(transaction =>
        {
            removed = Run(transaction, $"DELETE FROM transitions WHERE (node, store, id) IN (SELECT node, store, id FROM transitions WHERE kept < $before LIMIT {MostForgotten})",
                ("$before", before.UtcTicks));
            foreach (var sql in (ReadOnlySpan<string>)[
                "DELETE FROM nodes WHERE name IN (SELECT node FROM heard WHERE at < $before)",
                "DELETE FROM stores WHERE node IN (SELECT node FROM heard WHERE at < $before)",
                "DELETE FROM cards WHERE last < $before AND node NOT IN (SELECT node FROM heard WHERE at >= $before)",
                "DELETE FROM heard WHERE at < $before"])
                Run(transaction, sql, ("$before", before.UtcTicks));
        });
        return removed == MostForgotten;
    }

    public void Dispose()
    {
        lock (_reading)
        {
            _isClosed = true;
            _reader.Dispose();
        }

        _writer.Dispose();
    }

    private const string Columns = "id, kind, device, at, text, rule, code";

    private const string Hear = "INSERT INTO heard VALUES($node, $at) ON CONFLICT DO UPDATE SET at = excluded.at";

    private static void Prepare(SqliteConnection connection, string path, bool isBroken)
    {
        EventDatabase.Demand(connection, "PRAGMA journal_mode=WAL", "wal");
        EventDatabase.Demand(connection, "PRAGMA synchronous=FULL; PRAGMA synchronous", "2"); // what an agent is told to forget lies on the disk
        EventDatabase.Run(connection, "PRAGMA journal_size_limit=16777216");
        EventDatabase.LookThrough(connection, path, isBroken);
        var version = int.Parse(EventDatabase.Ask(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > FleetSchema.Steps.Count)
            throw new FleetStoreException($"it is of version {version}, and this program knows {FleetSchema.Steps.Count}: it was written by a later Forewarn");
        if (version == FleetSchema.Steps.Count) return;
        using var transaction = connection.BeginTransaction();
        for (; version < FleetSchema.Steps.Count; version++)
            EventDatabase.Run(connection, string.Create(CultureInfo.InvariantCulture, $"{FleetSchema.Steps[version]} PRAGMA user_version={version + 1}"));
        transaction.Commit();
    }

    private static StoredNode? Node(string json, long heard, long taken, SharedTexts texts)
    {
        try
        {
            var report = JsonSerializer.Deserialize(json, FleetJson.Default.AgentReport);
            if (report is null || ReportForm.Complaint(report) is not null) return null;
            return new(new FleetNode { Report = ReportForm.Settle(report, texts), Heard = new DateTimeOffset(heard, TimeSpan.Zero), Newest = taken }, taken);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReportedTransition Transition(SqliteDataReader row) => new(
        row.GetInt64(0), Enum.TryParse<HealthEventKind>(row.GetString(1), out var kind) ? kind : HealthEventKind.SourceChanged, row.GetString(2),
        new DateTimeOffset(row.GetInt64(3), TimeSpan.Zero), row.GetString(4), row.GetString(5), row.GetInt64(6));

    private List<T> Asked<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> values)
    {
        lock (_reading)
        {
            if (_isClosed) throw new FleetStoreException("the store is closed");
            try
            {
                using var command = _reader.CreateCommand();
                command.CommandText = sql;
                foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
                using var rows = command.ExecuteReader();
                var found = new List<T>();
                while (rows.Read()) found.Add(read(rows));
                return found;
            }
            catch (SqliteException exception)
            {
                throw Refused(exception);
            }
        }
    }

    private void Written(Action<SqliteTransaction> write) => Guarded(() =>
    {
        // SQLite writes on into a file that has lost its name, and nobody would find it again.
        if (!File.Exists(_writer.DataSource)) throw new FleetStoreException($"{_writer.DataSource} was removed") { IsDamaged = true };
        using var transaction = _writer.BeginTransaction();
        write(transaction);
        transaction.Commit();
        return true;
    });

    /// <summary>Of one node the newest stay, and the stores of which something is there.</summary>
    private void Bound(SqliteTransaction transaction, string node, string store, bool hasTransitions)
    {
        Run(transaction, "DELETE FROM cards WHERE node = $node AND serial IN (SELECT serial FROM cards WHERE node = $node ORDER BY last DESC LIMIT -1 OFFSET $most)",
            ("$node", node), ("$most", MostCardsOfANode));
        Run(transaction,
            "DELETE FROM stores WHERE node = $node AND store <> $store AND NOT EXISTS(SELECT 1 FROM transitions WHERE transitions.node = stores.node AND transitions.store = stores.store)",
            ("$node", node), ("$store", store));
        if (!hasTransitions) return;
        Run(transaction,
            "DELETE FROM transitions WHERE (node, store, id) IN (SELECT node, store, id FROM transitions WHERE node = $node ORDER BY kept DESC, store DESC, id DESC LIMIT -1 OFFSET $most)",
            ("$node", node), ("$most", MostOfANode));
    }

    private int Run(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        using var command = Command(transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    private SqliteCommand Command(SqliteTransaction transaction, string sql, params ReadOnlySpan<(string Name, object Value)> values)
    {
        var command = _writer.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, sql);
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value);
        return command;
    }

    private static T Guarded<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException exception)
        {
            throw Refused(exception);
        }
        catch (EventStoreException unfit)
        {
            throw new FleetStoreException(unfit.Message, unfit);
        }
    }

    private static FleetStoreException Refused(SqliteException exception)
        => new(exception.Message, exception) { IsDamaged = exception.SqliteErrorCode is SqliteCode.Corrupt or SqliteCode.NotADatabase };
}
