namespace Forewarn.Daemon.Store;

/// <summary>The tables, and how an older file becomes one of today. A step is never changed once it was released; a new one is added behind it.</summary>
internal static class StoreSchema
{
    /// <summary>Step N leads from version N to N + 1; SQLite's user_version has the number.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE events(
          id INTEGER PRIMARY KEY,           -- as announced
          kind TEXT NOT NULL,               -- name of HealthEventKind
          device TEXT NOT NULL,             -- identity; 'node' for the node
          pci TEXT NOT NULL, serial TEXT NOT NULL, slot INTEGER NOT NULL, idx INTEGER NOT NULL, vendor TEXT NOT NULL, name TEXT NOT NULL,
          code INTEGER NOT NULL,
          first_seen INTEGER NOT NULL,      -- UTC, ticks of 100 ns since 0001
          last_seen INTEGER NOT NULL,
          count INTEGER NOT NULL,
          boot TEXT NOT NULL,
          source TEXT NOT NULL,             -- who saw it, several apart by blanks
          text TEXT NOT NULL,
          raw TEXT NOT NULL,
          detail TEXT,                      -- JSON of EventDetail
          finding TEXT                      -- JSON of Finding
        ) STRICT;
        CREATE INDEX events_by_time ON events(last_seen);
        CREATE INDEX events_by_device ON events(device, id);
        CREATE TABLE findings(device TEXT NOT NULL, rule TEXT NOT NULL, key INTEGER NOT NULL, finding TEXT NOT NULL, PRIMARY KEY(device, rule, key)) STRICT, WITHOUT ROWID;
        CREATE TABLE numbers(one INTEGER PRIMARY KEY CHECK(one = 1), last INTEGER NOT NULL) STRICT; -- events are forgotten, their numbers are not
        CREATE TABLE cursor(one INTEGER PRIMARY KEY CHECK(one = 1), boot TEXT NOT NULL, sequence INTEGER NOT NULL) STRICT;
        CREATE TABLE memories(device TEXT PRIMARY KEY, memory BLOB NOT NULL) STRICT, WITHOUT ROWID;
        """,
        """
        -- The newest of its records in the kernel's log of that boot; NULL where it was not told there.
        ALTER TABLE events ADD COLUMN record INTEGER;
        """,
        """
        -- What stands behind the cursor is asked for at each start.
        CREATE INDEX events_by_record ON events(boot, record) WHERE record IS NOT NULL;
        """,
        """
        -- Whoever keeps up to which number he has taken keeps of which file as well: another one may give the same numbers to other events.
        CREATE TABLE identity(one INTEGER PRIMARY KEY CHECK(one = 1), id TEXT NOT NULL) STRICT;
        INSERT INTO identity VALUES(1, lower(hex(randomblob(16))));
        """,
    ];
}
