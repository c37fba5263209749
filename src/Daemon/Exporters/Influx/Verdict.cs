namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>What became of a request, and so what to do next.</summary>
internal enum Verdict : byte
{
    /// <summary>All points were taken.</summary>
    Accepted,

    /// <summary>All but some were taken, and the server says how many it dropped.</summary>
    PartlyAccepted,

    /// <summary>Some points are wrong: those that are named, or else they must be found.</summary>
    BadPoints,

    /// <summary>In smaller pieces it may be taken.</summary>
    TooLarge,

    /// <summary>No answer: no connection, or none in time.</summary>
    Unreachable,

    /// <summary>The server is ill (5xx).</summary>
    ServerError,

    /// <summary>The server wants us to wait (429).</summary>
    Throttled,

    /// <summary>No request was made: the disk would not give out what waits on it.</summary>
    Unreadable,

    /// <summary>Token, user or password are not accepted, or cannot be read.</summary>
    Forbidden,

    /// <summary>The server's certificate is not believed.</summary>
    NotTrusted,

    /// <summary>There is no such database, or no such path: the server is there, but not for this.</summary>
    Misdirected,
}
