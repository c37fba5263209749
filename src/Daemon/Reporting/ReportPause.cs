using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Reporting;

/// <summary>How long to wait before the next report, so that the nodes of a fleet do not come together: neither in the steady state nor when the controller is back.</summary>
/// <param name="random">From 0 up to 1.</param>
internal sealed class ReportPause(Func<double> random)
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    // Own figure: no attempt follows the one before without a breath.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    // A controller that asks for more than this has a wrong clock, or is as good as gone; then it is asked again anyway.
    private static readonly TimeSpan LongestAskedFor = TimeSpan.FromMinutes(10);

    private int _failures;

    /// <summary>Until the next heartbeat: within a tenth of the agreed time.</summary>
    public TimeSpan Beat()
    {
        _failures = 0;
        return ReportProtocol.Heartbeat * (0.9 + (0.2 * random()));
    }

    /// <summary>Before the first report, so that nodes that were started together are spread over a heartbeat.</summary>
    public TimeSpan Start() => ReportProtocol.Heartbeat * random();

    /// <summary>After a failure: anything up to 1, 2, 4 … 30 s, and at least what was asked for.</summary>
    public TimeSpan After(ReportAnswer trouble)
    {
        // 2^5 s is past the longest; what needs somebody is not helped by haste.
        var most = trouble.NeedsSomebody ? ReportProtocol.LongestPause : First * (1 << Math.Min(_failures, 5));
        if (most > ReportProtocol.LongestPause) most = ReportProtocol.LongestPause;
        _failures++;
        var wait = most * random();
        if (wait < Shortest) wait = Shortest;
        if (trouble.RetryAfter is not { } asked) return wait;
        if (asked > LongestAskedFor) asked = LongestAskedFor;
        // At least as long as asked, and up to a tenth more.
        asked += asked / 10 * random();
        return asked > wait ? asked : wait;
    }
}
