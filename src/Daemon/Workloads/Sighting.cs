namespace Forewarn.Daemon.Workloads;

/// <summary>
/// What was found of one process of a list when it was first looked for. That look decides for as long as the list stands: a list may be
/// hours old, and what bears the same pid by then is another process.
/// </summary>
internal readonly record struct Sighting(Standing Standing, long Start);

/// <summary>Whether a process that the driver lists is to be seen on the node.</summary>
internal enum Standing : byte
{
    /// <summary>Not looked for since the list came.</summary>
    Awaited,

    /// <summary>Seen, with its start in clock ticks since boot.</summary>
    Seen,

    /// <summary>Listed, yet never seen: /proc hides it (hidepid=) or it lives in a pid namespace above ours.</summary>
    Hidden,

    /// <summary>Seen once and gone since.</summary>
    Gone,
}
