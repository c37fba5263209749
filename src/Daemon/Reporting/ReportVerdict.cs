namespace Forewarn.Daemon.Reporting;

/// <summary>What became of a report, and so what to do next.</summary>
internal enum ReportVerdict : byte
{
    /// <summary>It was taken.</summary>
    Taken,

    /// <summary>With fewer transitions it may be taken (413).</summary>
    TooLarge,

    /// <summary>No answer: no connection, or none in time.</summary>
    Unreachable,

    /// <summary>The controller is ill (5xx).</summary>
    ServerError,

    /// <summary>The controller wants us to wait (429).</summary>
    Throttled,

    /// <summary>Who we are is not believed (401).</summary>
    Unknown,

    /// <summary>We are believed to be another node, or one that may not report (403).</summary>
    Forbidden,

    /// <summary>Something else reports in this node's name, or stands against it (409).</summary>
    Contested,

    /// <summary>The controller does not understand the report: another version perhaps (other 4xx).</summary>
    Refused,

    /// <summary>The controller's certificate is not believed.</summary>
    NotTrusted,

    /// <summary>A file that the configuration names cannot be used.</summary>
    Unusable,

    /// <summary>What answers is no controller.</summary>
    Misdirected,
}
