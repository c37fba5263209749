using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Reporting;

/// <summary>What the controller said to a report, or that it said nothing.</summary>
/// <param name="Verdict">What became of it.</param>
/// <param name="Text">The controller's words or ours, one line; empty when all is well.</param>
internal sealed record ReportAnswer(ReportVerdict Verdict, string Text = "")
{
    /// <summary>Where it was taken.</summary>
    public ReportReply? Reply { get; init; }

    /// <summary>How long it wants to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>It will not mend of itself.</summary>
    public bool NeedsSomebody => Verdict >= ReportVerdict.Unknown;

    /// <summary>The connection is of no more use, or was made with files that may have changed.</summary>
    public bool EndsConnection => Verdict == ReportVerdict.Unreachable || NeedsSomebody;

    /// <summary>For a person: what to do; empty where there is nothing but to wait.</summary>
    public string Remedy => Verdict switch
    {
        ReportVerdict.Unknown => "on the controller's machine, forewarn fleet token NODE with this node's name; put what it prints into the file of [Reports] TokenFile",
        ReportVerdict.Forbidden => "the token, or the certificate, is of another node: make one of this node's name, or set [Reports] Node",
        ReportVerdict.Contested => "two agents must not report in one name: look for a copied configuration, and for an agent with --simulate; or set [Reports] Node",
        ReportVerdict.Refused => "agent and controller may be more than one version apart: upgrade the older one",
        ReportVerdict.NotTrusted => "docs/reports.md, TLS",
        ReportVerdict.Unusable => "mend the file; it is read again with the next report",
        ReportVerdict.Misdirected => "[Reports] Url must lead to forewarn controller, port 9798 unless it was changed",
        _ => "",
    };
}
