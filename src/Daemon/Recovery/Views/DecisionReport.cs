using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>One decision with what else there was.</summary>
internal sealed record DecisionReport
{
    /// <summary>Absent where the node alone is in question.</summary>
    public string? Job { get; init; }

    public string? User { get; init; }

    /// <summary>The bad nodes.</summary>
    public required IReadOnlyList<string> Nodes { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>The guard that refused.</summary>
    public string? Guard { get; init; }

    public required string Why { get; init; }

    /// <summary>What was thought best; absent where there was no choice.</summary>
    public Alternative? Chosen { get; init; }

    public required IReadOnlyList<AlternativeReport> Alternatives { get; init; }

    /// <summary>Where the job would go, or goes.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }

    /// <summary>Why there, line by line.</summary>
    public required IReadOnlyList<string> Placement { get; init; }
}

/// <summary>One alternative; without card-minutes it was out of the question.</summary>
internal sealed record AlternativeReport(Alternative Alternative, double? CardMinutes, string Reason);
