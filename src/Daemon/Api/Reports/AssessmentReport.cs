using Forewarn.Model;

namespace Forewarn.Daemon.Api.Reports;

/// <summary>What is judged of a device, or of the node itself.</summary>
internal sealed record AssessmentReport
{
    public required HealthState State { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required WorkAction WorkAction { get; init; }

    public required RepairAction RepairAction { get; init; }

    public required ProbabilityReport FailureProbability { get; init; }

    /// <summary>Last time it was healthy while at work; absent when never seen so.</summary>
    public DateTimeOffset? LastHealthyUnderLoad { get; init; }

    public required bool InMaintenance { get; init; }

    /// <summary>The gravest first; those that are only observed last.</summary>
    public required IReadOnlyList<FindingReport> Findings { get; init; }
}

/// <summary>Chance of failure, 0 to 1, within an hour, a day and a week.</summary>
internal sealed record ProbabilityReport(double OneHour, double OneDay, double SevenDays);

/// <summary>What one rule says.</summary>
internal sealed record FindingReport
{
    public required string Rule { get; init; }

    /// <summary>Which of several of that rule: an error's code, a link's number; absent where there is one alone.</summary>
    public long? Key { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Only told: it changes no state and asks for nothing.</summary>
    public required bool Observed { get; init; }

    /// <summary>The rule whose finding is of the same trouble and says more; absent where this one stands for itself.</summary>
    public string? PartOf { get; init; }

    public required WorkAction WorkAction { get; init; }

    public required RepairAction RepairAction { get; init; }

    public required string Summary { get; init; }

    public required IReadOnlyList<EvidenceReport> Evidence { get; init; }

    public string? ClearedBy { get; init; }

    public required Latch Latch { get; init; }

    public required ProbabilityReport FailureProbability { get; init; }

    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    public required long Count { get; init; }

    public string? BootId { get; init; }

    public string? Serial { get; init; }
}

/// <summary>One thing that speaks for a finding; a line alone has no number.</summary>
internal sealed record EvidenceReport(string What, double? Value, double? Threshold, string? Unit, string? Line, DateTimeOffset? At);

/// <summary>Somebody works at the node; who may have left no reason and no end.</summary>
internal sealed record MaintenanceReport(string By, string? Reason, DateTimeOffset Since, DateTimeOffset? Until);

/// <summary>How many cards stand in each state.</summary>
internal sealed record StateCounts(int Healthy, int Watch, int Degraded, int Failing, int Failed, int Unknown);
