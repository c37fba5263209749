using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Api;

/// <summary>Turns the reporter's meter into the answer about it.</summary>
internal static class ControllerReports
{
    /// <summary>Null where this node reports to nobody.</summary>
    public static ControllerReport? Of(ReportingView? reporting)
    {
        if (reporting is null) return null;
        var trouble = reporting.Trouble;
        return new()
        {
            Target = reporting.Target,
            ReportsTaken = reporting.Taken,
            ReportsFailed = reporting.Failed,
            EventsWaiting = reporting.Waiting,
            CheckpointRequests = reporting.Requests,
            LastSuccess = DeviceReports.Happened(reporting.LastSuccess),
            Trouble = trouble?.Text,
            TroubleSince = trouble?.Since,
        };
    }
}
