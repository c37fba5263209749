namespace Forewarn.Daemon.Recovery;

/// <summary>The tables, and how an older file becomes one of today. A step is never changed once it was released; a new one is added behind it.</summary>
internal static class JournalSchema
{
    /// <summary>Step N leads from version N to N + 1; SQLite's user_version has the number.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE terms(
          epoch INTEGER PRIMARY KEY,        -- one more with each start
          began INTEGER NOT NULL            -- UTC, ticks of 100 ns since 0001
        ) STRICT;
        CREATE TABLE lines(
          id INTEGER PRIMARY KEY,
          epoch INTEGER NOT NULL REFERENCES terms(epoch),
          at INTEGER NOT NULL,              -- UTC, ticks
          incident INTEGER NOT NULL,        -- 0 for none
          kind TEXT NOT NULL,
          line TEXT NOT NULL                -- JSON of JournalEntry
        ) STRICT;
        CREATE INDEX lines_by_incident ON lines(incident, id);
        CREATE TRIGGER lines_stay BEFORE UPDATE ON lines BEGIN SELECT RAISE(ABORT, 'a line of the journal is never changed'); END;
        CREATE TRIGGER lines_remain BEFORE DELETE ON lines BEGIN SELECT RAISE(ABORT, 'a line of the journal is never taken away'); END;
        """,
        """
        CREATE TABLE cuts(
          at INTEGER NOT NULL,              -- UTC, ticks: when
          before INTEGER NOT NULL           -- lines from before this were taken away, but those that still count
        ) STRICT;
        DROP TRIGGER lines_remain;
        CREATE TRIGGER lines_remain BEFORE DELETE ON lines WHEN OLD.at >= (SELECT coalesce(max(before), 0) FROM cuts)
          BEGIN SELECT RAISE(ABORT, 'a line of the journal is never taken away before its time'); END;
        """,
    ];
}
