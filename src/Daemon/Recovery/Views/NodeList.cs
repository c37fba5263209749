using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/nodes</c>. Fields are only ever added; docs/fleet.md describes each.</summary>
internal sealed record NodeList
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of the fleet is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The controller's clock at the answer.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How many nodes are asked for, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>What to give as <c>after</c> for those that follow; absent on the last page.</summary>
    public string? Next { get; init; }

    /// <summary>By name; each is made when it is written.</summary>
    public required IEnumerable<NodeLine> Nodes { get; init; }
}

/// <summary>One node in a list: what its agent told, what the scheduler says, and what we did.</summary>
internal record NodeLine
{
    public required string Name { get; init; }

    /// <summary>Unknown where what it told is not of now, or no agent ever spoke.</summary>
    public required HealthState State { get; init; }

    /// <summary>When it was heard last; absent where no agent ever spoke.</summary>
    public DateTimeOffset? Heard { get; init; }

    /// <summary>What it told is of now.</summary>
    public required bool Current { get; init; }

    /// <summary>It had its time to speak and did not.</summary>
    public required bool Silent { get; init; }

    public required bool Simulated { get; init; }

    public required bool InMaintenance { get; init; }

    public required int DeviceCount { get; init; }

    public required int IllCount { get; init; }

    /// <summary>The gravest of those in one line; absent where none is.</summary>
    public string? Summary { get; init; }

    /// <summary>Absent where the scheduler does not tell of it.</summary>
    public SchedulerNodeReport? Scheduler { get; init; }

    /// <summary>Absent while we have not taken it out.</summary>
    public DrainReport? Drain { get; init; }

    /// <summary>Who keeps it from us; absent where nobody does.</summary>
    public KeptNodeReport? Kept { get; init; }

    public string? Leaf { get; init; }

    /// <summary>Its scale-up domain.</summary>
    public string? Domain { get; init; }

    /// <summary>Open troubles, by number.</summary>
    public required IReadOnlyList<long> Incidents { get; init; }
}

/// <summary>What the scheduler says of a node.</summary>
internal sealed record SchedulerNodeReport(NodePhase Phase, bool Drained, string? Reason, IReadOnlyList<string> Partitions, int Cards, int FreeCards);

/// <summary>A node that we took out: because of which trouble, whether it was seen out, and when a person put it back.</summary>
internal sealed record DrainReport(long Incident, string Reason, DateTimeOffset Since, bool WasOut, DateTimeOffset? Lifted);
