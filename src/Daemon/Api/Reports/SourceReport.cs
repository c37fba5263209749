using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>One source in <c>/v1/node</c>.</summary>
internal sealed record SourceReport
{
    public required string Name { get; init; }

    public required SourceState State { get; init; }

    /// <summary>Typed cause; absent while running.</summary>
    public NoDataReason? Reason { get; init; }

    /// <summary>One line for a person; absent while running.</summary>
    public string? Detail { get; init; }

    public required DateTimeOffset Since { get; init; }

    public string? DriverVersion { get; init; }

    public string? LibraryVersion { get; init; }

    /// <summary>What is to be said of a probe that is of another build than the agent; absent while they are of one.</summary>
    public string? OtherBuild { get; init; }

    public required long Expected { get; init; }

    public required long Found { get; init; }

    /// <summary>End of the last complete sweep; absent before the first.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    public required long Stalls { get; init; }

    public required long Restarts { get; init; }

    public required long AbandonedProcesses { get; init; }

    public required long SkippedSweeps { get; init; }

    public required long RefusedFrames { get; init; }

    public required IReadOnlyList<CallGroupReport> CallGroups { get; init; }
}

/// <summary>Calls of one group and the time spent in them, over all devices.</summary>
internal sealed record CallGroupReport(string Name, long Calls, double Seconds);
