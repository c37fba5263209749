using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Microsoft.Data.Sqlite;

namespace Forewarn.Daemon.Store;

/// <summary>Opens the file so that what is committed is on the disk, and brings it to today's tables.</summary>
internal static class EventDatabase
{
    // Own figure: some 100 ms from a disk that nobody has read from. In a larger file what is broken is found when it is read.
    private const long MostCheckedBytes = 32 << 20;

    /// <summary>The connection that writes. Throws <see cref="SqliteException"/>, or <see cref="EventStoreException"/>.</summary>
    /// <param name="path">The file; made where there is none.</param>
    /// <param name="firstAfter">In a new file, the number after which events are numbered.</param>
    /// <param name="isBroken">Somebody found it broken: it is looked through whatever its size, its indices as well.</param>
    public static SqliteConnection Open(string path, long firstAfter, bool isBroken)
    {
        SQLitePCL.Batteries_V2.Init();
        return Open(path, SqliteOpenMode.ReadWriteCreate, connection =>
        {
            Demand(connection, "PRAGMA journal_mode=WAL", "wal");
            Demand(connection, "PRAGMA synchronous=FULL; PRAGMA synchronous", "2"); // 2 is FULL: each commit syncs the log before it returns
            // A megabyte of cache and a file mapped into memory would be there for one insert; the log is cut to 4 MiB after a flood.
            Run(connection, "PRAGMA cache_size=-256; PRAGMA mmap_size=0; PRAGMA journal_size_limit=4194304");
            LookThrough(connection, path, isBroken);
            Migrate(connection, firstAfter);
        });
    }

    /// <summary>A connection that reads what the other has committed.</summary>
    public static SqliteConnection OpenToRead(string path)
        => Open(path, SqliteOpenMode.ReadWrite, static connection => Run(connection, "PRAGMA query_only=ON; PRAGMA cache_size=-128; PRAGMA mmap_size=0"));

    /// <summary>A connection that was prepared; closed again where that throws.</summary>
    internal static SqliteConnection Open(string path, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        // 2 s: who looks into the file with a tool of his own may hold it that long and no longer.
        var where = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode, DefaultTimeout = 2 };
        var connection = new SqliteConnection(where.ToString());
        try
        {
            connection.Open();
            prepare(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Whether the file is in order: a small one always, any with its indices where somebody found it broken.</summary>
    internal static void LookThrough(SqliteConnection connection, string path, bool isBroken)
    {
        if (!isBroken && new FileInfo(path).Length > MostCheckedBytes) return;
        if (Ask(connection, isBroken ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)") is var health and not "ok") throw new SqliteException(health, SqliteCode.Corrupt);
    }

    private static void Migrate(SqliteConnection connection, long firstAfter)
    {
        var version = int.Parse(Ask(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > StoreSchema.Steps.Count)
            throw new EventStoreException($"it is of version {version}, and this program knows {StoreSchema.Steps.Count}: it was written by a later Forewarn", null);
        if (version == StoreSchema.Steps.Count) return;
        var isNew = version == 0;
        using var transaction = connection.BeginTransaction();
        for (; version < StoreSchema.Steps.Count; version++)
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"{StoreSchema.Steps[version]} PRAGMA user_version={version + 1}"));
        if (isNew) Run(connection, string.Create(CultureInfo.InvariantCulture, $"INSERT INTO numbers VALUES(1, {firstAfter})"));
        transaction.Commit();
    }

    internal static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    internal static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>Where this is refused nothing is broken; the place is none for a store.</summary>
    internal static void Demand(SqliteConnection connection, string sql, string expected)
    {
        var answer = Ask(connection, sql);
        if (answer != expected) throw new EventStoreException($"SQLite answers '{answer}' to {sql}: here nothing is certain to be on the disk", null);
    }
}
