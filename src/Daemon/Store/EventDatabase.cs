using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Microsoft.Data.Sqlite;

namespace Forewarn.Daemon.Store;

/// <summary>Opens the file so that what is committed is on the disk, and brings it to today's tables.</summary>
internal static class EventDatabase
{
    /// <summary>An open connection. Throws <see cref="SqliteException"/>, or <see cref="EventStoreException"/> for a file of a later version.</summary>
    public static SqliteConnection Open(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWriteCreate }.ToString());
        try
        {
            connection.Open();
            Ask(connection, "PRAGMA journal_mode=WAL", "wal");
            Ask(connection, "PRAGMA synchronous=FULL; PRAGMA synchronous", "2"); // 2 is FULL: each commit syncs the log before it returns
            Ask(connection, "PRAGMA quick_check(1)", "ok");
            Migrate(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Migrate(SqliteConnection connection)
    {
        var version = int.Parse(Ask(connection, "PRAGMA user_version"), CultureInfo.InvariantCulture);
        if (version > StoreSchema.Steps.Count)
            throw new EventStoreException($"it is of version {version}, and this program knows {StoreSchema.Steps.Count}: it was written by a later Forewarn", null);
        using var transaction = connection.BeginTransaction();
        for (; version < StoreSchema.Steps.Count; version++)
            Run(connection, string.Create(CultureInfo.InvariantCulture, $"{StoreSchema.Steps[version]} PRAGMA user_version={version + 1}"));
        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static string Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }

    private static void Ask(SqliteConnection connection, string sql, string expected)
    {
        var answer = Ask(connection, sql);
        if (answer != expected) throw new SqliteException($"{sql} answered '{answer}', not '{expected}'", SqliteCode.Corrupt);
    }
}
