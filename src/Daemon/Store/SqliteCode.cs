namespace Forewarn.Daemon.Store;

/// <summary>Primary result codes of SQLite (sqlite3.h) that are told apart.</summary>
internal static class SqliteCode
{
    /// <summary>SQLITE_CORRUPT: the file's pages contradict each other.</summary>
    public const int Corrupt = 11;

    /// <summary>SQLITE_NOTADB: the file is something else.</summary>
    public const int NotADatabase = 26;
}
