using System.Collections.Immutable;
using Forewarn.Controller.Reports;

namespace Forewarn.Controller.Fleet;

/// <summary>
/// Which reports of a node are taken. A number of a run of its agent is taken once: an agent makes each report anew, with the next number, and waits for one answer at a time, so
/// that nothing but the last one is ever sent twice by who still waits for its answer.
/// </summary>
internal static class ReportOrder
{
    // Own figure: an agent is started anew a few times a day at most, and what is older was heard of by nobody who waits for an answer.
    private const int MostRuns = 16;

    /// <summary>What a report is beside the last one.</summary>
    /// <param name="report">The report.</param>
    /// <param name="node">As it is known.</param>
    /// <param name="isCurrent">What is known of it is of now.</param>
    public static ReportStanding Of(AgentReport report, FleetNode node, bool isCurrent)
    {
        var last = node.Report;
        if (report.Started == last.Started)
        {
            if (report.Sequence > last.Sequence) return ReportStanding.New;
            if (report.Sequence < last.Sequence) return ReportStanding.Replayed;
            return SaysTheSame(report, node) ? ReportStanding.Duplicate : ReportStanding.Conflicting;
        }

        if (node.EarlierRuns.Any(run => run.Started == report.Started && run.Sequence >= report.Sequence)) return ReportStanding.Replayed;
        // Once the later run is silent an earlier time is a clock that was put back.
        return report.Started < last.Started && isCurrent ? ReportStanding.Contested : ReportStanding.New;
    }

    /// <summary>The runs before the one that the report is of.</summary>
    public static ImmutableArray<AgentRun> Before(AgentReport report, FleetNode? node)
    {
        if (node is null) return [];
        if (node.Report.Started == report.Started) return node.EarlierRuns;
        var known = node.EarlierRuns.Where(run => run.Started != report.Started && run.Started != node.Report.Started);
        return [.. known.Prepend(new(node.Report.Started, node.Report.Sequence)).Take(MostRuns)];
    }

    // What happened is told by its numbers: those that are known are not looked at again.
    private static bool SaysTheSame(AgentReport report, FleetNode node)
    {
        var last = node.Report;
        return report.At == last.At && report.BootId == last.BootId && report.Version == last.Version && report.Driver == last.Driver
            && report.IsSimulated == last.IsSimulated && report.InMaintenance == last.InMaintenance
            && (report.Store.Length == 0 || report.Store == last.Store)
            && (report.Transitions is not [.., var newest] || newest.Id <= node.Newest)
            && report.Requested.AsSpan().SequenceEqual(last.Requested.AsSpan())
            && (report.Itself is null ? last.Itself is null : last.Itself is { } itself && DeviceSameness.IsSame(report.Itself, itself))
            && report.Devices.Length == last.Devices.Length && report.Devices.Zip(last.Devices).All(static pair => DeviceSameness.IsSame(pair.First, pair.Second));
    }
}
