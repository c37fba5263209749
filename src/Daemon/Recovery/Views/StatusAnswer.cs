using Forewarn.Controller.Guards;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/status</c>: fleet and controller on one page. Fields are only ever added; docs/fleet.md describes each.</summary>
internal sealed record StatusAnswer
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of the fleet is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The controller's clock at the answer.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The controller's version.</summary>
    public required string Version { get; init; }

    /// <summary>When this run of it began to listen.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>How many nodes agents have told of.</summary>
    public required int NodeCount { get; init; }

    /// <summary>How many of them stand in each state.</summary>
    public required StateCounts States { get; init; }

    /// <summary>How many had their time to speak and did not.</summary>
    public required int SilentCount { get; init; }

    /// <summary>Some of these by name, in their order.</summary>
    public required IReadOnlyList<string> SilentNodes { get; init; }

    /// <summary>Why the fleet's store refuses; absent while it does not.</summary>
    public string? StoreTrouble { get; init; }

    /// <summary>Absent where nobody's work is looked after.</summary>
    public WorkStatus? Work { get; init; }
}

/// <summary>How the loop that acts stands.</summary>
internal sealed record WorkStatus
{
    /// <summary>Whose work is looked after.</summary>
    public required string Scheduler { get; init; }

    /// <summary>When it was read whole last; absent before.</summary>
    public DateTimeOffset? SchedulerRead { get; init; }

    /// <summary>Why nothing is done at present, be it the scheduler or the journal; absent while all is well.</summary>
    public string? Trouble { get; init; }

    /// <summary>Why the audit log loses lines; absent while it does not.</summary>
    public string? AuditTrouble { get; init; }

    /// <summary>The term of leadership in the journal.</summary>
    public required long Epoch { get; init; }

    public required IReadOnlyList<PartitionReport> Partitions { get; init; }

    public required int OpenCount { get; init; }

    /// <summary>The newest of them.</summary>
    public required IReadOnlyList<IncidentSummary> Incidents { get; init; }

    /// <summary>Decisions that wait for somebody.</summary>
    public required int ApprovalsAwaited { get; init; }

    public required int MoveCount { get; init; }

    /// <summary>Some of the moves under way.</summary>
    public required IReadOnlyList<MoveReport> Moves { get; init; }
}

/// <summary>A partition: its mode, and how much of it is out of service.</summary>
internal sealed record PartitionReport
{
    public required string Partition { get; init; }

    public required ActionMode Mode { get; init; }

    public required int NodeCount { get; init; }

    /// <summary>Nodes out of service, whoever took them out.</summary>
    public required int Out { get; init; }

    /// <summary>Those of them that we took out.</summary>
    public required int Ours { get; init; }

    /// <summary>How many may be out.</summary>
    public required int Most { get; init; }

    /// <summary>No further node is taken out: the breaker is open.</summary>
    public required bool Full { get; init; }
}
