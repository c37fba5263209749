using Forewarn.Controller.Jobs;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The answer of <c>/v1/jobs/{id}</c>.</summary>
internal sealed record JobAnswer : JobLine
{
    public string Api { get; init; } = ApiJson.Version;

    public required bool Simulated { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>In the order of its ranks.</summary>
    public required IReadOnlyList<JobNodeReport> Nodes { get; init; }

    /// <summary>The scheduler would start it anew; absent when it does not know it any more.</summary>
    public bool? CanRequeue { get; init; }

    /// <summary>What its owner, or the site for it, declared; absent where nothing was.</summary>
    public ContractReport? Contract { get; init; }

    /// <summary>The newest that was found complete; absent where none is known, or nobody looked.</summary>
    public ResumeReport? Checkpoint { get; init; }

    /// <summary>What was said last of each trouble, the newest first.</summary>
    public required IReadOnlyList<JobDecisionReport> Decisions { get; init; }

    /// <summary>Its last move; absent where there was none within a week.</summary>
    public MoveReport? Move { get; init; }

    /// <summary>When we started it anew, within a week.</summary>
    public required IReadOnlyList<DateTimeOffset> Restarted { get; init; }

    /// <summary>Till when its nodes carry the request for a checkpoint; absent while they do not.</summary>
    public DateTimeOffset? AskedUntil { get; init; }
}

/// <summary>What was decided for a job because of one trouble.</summary>
internal sealed record JobDecisionReport(long Incident, bool Open, DecisionReport Decision);

/// <summary>What a job's owner or the site declared, as far as it was understood; what was not declared is absent.</summary>
internal sealed record ContractReport
{
    /// <summary>The section in which the site declares what the owner does not; absent where there is none for it.</summary>
    public string? Site { get; init; }

    public required bool Off { get; init; }

    public string? Directory { get; init; }

    public string? Format { get; init; }

    public int? Ranks { get; init; }

    public string? Signal { get; init; }

    public SignalTarget? SignalTo { get; init; }

    public required bool AnswersRequests { get; init; }

    public OnRequest? OnRequest { get; init; }

    public double? PauseSeconds { get; init; }

    public required OnFailure OnFailure { get; init; }

    public double? IntervalSeconds { get; init; }

    public double? CheckpointSeconds { get; init; }

    public double? LoadSeconds { get; init; }

    public int? RestartsPerDay { get; init; }
}
