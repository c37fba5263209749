using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/jobs</c>. Fields are only ever added; docs/moving-work.md describes each.</summary>
internal sealed record JobList
{
    public string Api { get; init; } = ApiJson.Version;

    /// <summary>True when any node of the fleet is.</summary>
    public required bool Simulated { get; init; }

    /// <summary>The controller's clock at the answer.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>When the scheduler told of them; absent before it was read.</summary>
    public DateTimeOffset? Read { get; init; }

    /// <summary>How many are asked for, on all pages.</summary>
    public required int Total { get; init; }

    /// <summary>What to give as <c>after</c> for those that follow; absent on the last page.</summary>
    public string? Next { get; init; }

    /// <summary>By number; each is made when it is written.</summary>
    public required IEnumerable<JobLine> Jobs { get; init; }
}

/// <summary>One job in a list.</summary>
internal record JobLine
{
    public required string Id { get; init; }

    /// <summary>What its commands call it: a task of an array by array and task.</summary>
    public string? Address { get; init; }

    public string? Name { get; init; }

    public string? User { get; init; }

    public string? Partition { get; init; }

    public JobKind? Kind { get; init; }

    /// <summary>Absent when the scheduler does not know it any more.</summary>
    public JobPhase? Phase { get; init; }

    public required int NodeCount { get; init; }

    public required int Cards { get; init; }

    public DateTimeOffset? Started { get; init; }

    public DateTimeOffset? Ends { get; init; }

    /// <summary>How often it was started anew, by whomever.</summary>
    public required int Restarts { get; init; }

    /// <summary>Where its move stands; absent while it is not being moved.</summary>
    public RecoveryStep? Moving { get; init; }

    /// <summary>Open troubles because of which something was decided for it.</summary>
    public required IReadOnlyList<long> Incidents { get; init; }
}

/// <summary>A node of a job; without cards the scheduler does not say which it holds there.</summary>
internal sealed record JobNodeReport(string Node, IReadOnlyList<int> Cards, bool HoldsAll);
