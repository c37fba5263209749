using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/incidents/{id}</c>.</summary>
internal sealed record IncidentAnswer : IncidentSummary
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required DateTimeOffset Time { get; init; }

    public required ProbabilityReport FailureProbability { get; init; }

    /// <summary>The card by the scheduler's count; absent where nobody can say.</summary>
    public int? Card { get; init; }

    /// <summary>What was said last for each job.</summary>
    public required IReadOnlyList<DecisionReport> Decisions { get; init; }

    /// <summary>The moves that came of it.</summary>
    public required IReadOnlyList<MoveReport> Moves { get; init; }

    /// <summary>What happened, in its order.</summary>
    public required IReadOnlyList<MilestoneReport> Timeline { get; init; }

    /// <summary>The controller's own share of it: neither the scheduler nor a job was waited for.</summary>
    public required double OwnSeconds { get; init; }
}
