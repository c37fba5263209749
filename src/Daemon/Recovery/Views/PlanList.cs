using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/plans</c>. Fields are only ever added; docs/moving-work.md describes each.</summary>
internal sealed record PlanList
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of the fleet is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The controller's clock at the answer.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>How many are asked for, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>What to give as <c>after</c> for those that follow; absent on the last page.</summary>
    public string? Next { get; init; }

    /// <summary>The newest trouble first.</summary>
    public required IEnumerable<PlanLine> Plans { get; init; }
}

/// <summary>One plan in a list.</summary>
internal record PlanLine
{
    /// <summary>Trouble and job, <c>3-41</c>.</summary>
    public required string Id { get; init; }

    public required long Incident { get; init; }

    public required string Job { get; init; }

    public string? User { get; init; }

    public required PlanState State { get; init; }

    /// <summary>Nodes that it leaves.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    /// <summary>A node for each of its seats.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }

    public required string Why { get; init; }
}

/// <summary>The answer of <c>/v1/plans/{id}</c>.</summary>
internal sealed record PlanAnswer : PlanLine
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>What came of the decision; absent where that is not known any more.</summary>
    public Verdict? Verdict { get; init; }

    /// <summary>The guard that refused.</summary>
    public string? Guard { get; init; }

    /// <summary>What was thought best.</summary>
    public Alternative? Chosen { get; init; }

    public required IReadOnlyList<AlternativeReport> Alternatives { get; init; }

    /// <summary>Why there, line by line.</summary>
    public required IReadOnlyList<string> Placement { get; init; }

    /// <summary>Where else, and why not.</summary>
    public required IReadOnlyList<LosingPlacementReport> Losing { get; init; }

    /// <summary>Who approved or rejected it, and why; absent where nobody did.</summary>
    public PlanOrderReport? Order { get; init; }

    /// <summary>The move that came of it; absent while there is none.</summary>
    public MoveReport? Move { get; init; }
}

/// <summary>A placement that was not taken.</summary>
internal sealed record LosingPlacementReport(IReadOnlyList<string> Moves, string LostBy, string Words);

/// <summary>What a person said of a plan.</summary>
internal sealed record PlanOrderReport(OrderKind Order, string Who, string? Reason);
