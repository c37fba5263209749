using Forewarn.Controller.Coordination;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>One trouble in a list.</summary>
internal record IncidentSummary
{
    public required long Id { get; init; }

    public required string Node { get; init; }

    /// <summary><c>node</c> for the node itself.</summary>
    public required string Device { get; init; }

    public required HealthState State { get; init; }

    /// <summary>The rule that speaks loudest.</summary>
    public required string Rule { get; init; }

    public required WorkAction WorkAction { get; init; }

    public required RepairAction RepairAction { get; init; }

    public required DateTimeOffset Opened { get; init; }

    /// <summary>Absent while it is open.</summary>
    public DateTimeOffset? Closed { get; init; }

    /// <summary>Jobs that held the device when it was opened.</summary>
    public required IReadOnlyList<string> Jobs { get; init; }

    /// <summary>What came of the decision that went furthest; absent while there is none.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>That decision in one line.</summary>
    public string? Why { get; init; }

    /// <summary>The repair of its node; absent while none was thought of.</summary>
    public RepairReport? Repair { get; init; }
}
