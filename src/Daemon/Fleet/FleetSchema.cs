namespace Forewarn.Daemon.Fleet;

/// <summary>The tables, and how an older file becomes one of today. A step is never changed once it was released; a new one is added behind it.</summary>
internal static class FleetSchema
{
    /// <summary>Step N leads from version N to N + 1; SQLite's user_version has the number. Times are UTC, ticks of 100 ns since 0001.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        CREATE TABLE nodes(name TEXT PRIMARY KEY, report TEXT NOT NULL) STRICT;        -- JSON of the last report in which anything stood otherwise
        CREATE TABLE heard(node TEXT PRIMARY KEY, at INTEGER NOT NULL) STRICT, WITHOUT ROWID; -- by the controller's clock, to a minute
        CREATE TABLE stores(node TEXT NOT NULL, store TEXT NOT NULL, taken INTEGER NOT NULL, PRIMARY KEY(node, store)) STRICT, WITHOUT ROWID;
        CREATE TABLE transitions(
          node TEXT NOT NULL, store TEXT NOT NULL, id INTEGER NOT NULL,
          kind TEXT NOT NULL,               -- name of HealthEventKind
          device TEXT NOT NULL,             -- identity; 'node' for the node
          serial TEXT NOT NULL,             -- of that device; empty where it has none
          at INTEGER NOT NULL,              -- by the node's clock
          kept INTEGER NOT NULL,            -- by the controller's
          text TEXT NOT NULL, rule TEXT NOT NULL, code INTEGER NOT NULL,
          PRIMARY KEY(node, store, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX transitions_by_serial ON transitions(serial, kept) WHERE serial <> '';
        CREATE INDEX transitions_by_time ON transitions(kept);
        CREATE TABLE cards(serial TEXT NOT NULL, node TEXT NOT NULL, last INTEGER NOT NULL, PRIMARY KEY(serial, node)) STRICT, WITHOUT ROWID;
        """,
        """
        -- Who looks at a node asks for the newest of it.
        CREATE INDEX transitions_by_node ON transitions(node, kept);
        -- Of each node the newest are kept.
        CREATE INDEX cards_by_node ON cards(node, last);
        """,
    ];
}
