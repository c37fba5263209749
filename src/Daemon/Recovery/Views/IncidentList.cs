using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/incidents</c>. Fields are only ever added; docs/moving-work.md describes each.</summary>
internal sealed record IncidentList
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of the fleet is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The controller's clock at the answer.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Whose work is looked after.</summary>
    public required string Scheduler { get; init; }

    /// <summary>Why nothing is done at present; absent while all is well.</summary>
    public string? Trouble { get; init; }

    /// <summary>What jobs declared and could not be understood, a line each.</summary>
    public required IReadOnlyList<string> Complaints { get; init; }

    /// <summary>Nodes that persons keep from the controller, with who and why.</summary>
    public required IReadOnlyList<KeptNodeReport> Kept { get; init; }

    /// <summary>Open ones first, then those closed within a week; the newest first.</summary>
    public required IReadOnlyList<IncidentSummary> Incidents { get; init; }
}

/// <summary>A node that a person keeps from the controller.</summary>
internal sealed record KeptNodeReport(string Node, string Who, string Why);
