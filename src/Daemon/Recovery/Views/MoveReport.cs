using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The move of one job.</summary>
internal sealed record MoveReport
{
    public required string Job { get; init; }

    public required RecoveryStep Step { get; init; }

    /// <summary>Since when it stands there.</summary>
    public required DateTimeOffset Since { get; init; }

    public required RecoveryOutcome Outcome { get; init; }

    /// <summary>Which placement this is.</summary>
    public required int Attempt { get; init; }

    /// <summary>Nodes that it leaves.</summary>
    public required IReadOnlyList<string> Targets { get; init; }

    /// <summary>Nodes that it shall run on.</summary>
    public required IReadOnlyList<string> Destinations { get; init; }

    /// <summary>What it resumes from, once known.</summary>
    public ResumeReport? Checkpoint { get; init; }

    /// <summary>Work that it cost the job, in seconds; absent until the job is off its nodes, and where nobody knows.</summary>
    public double? LostSeconds { get; init; }

    /// <summary>Work that a failure would have cost as well, in seconds, had nobody asked for a checkpoint; absent as that is.</summary>
    public double? KeptSeconds { get; init; }

    public required string Why { get; init; }
}

/// <summary>A checkpoint that was found complete; without a step its format tells none.</summary>
internal sealed record ResumeReport(string Path, long? TrainingStep, DateTimeOffset Written);

/// <summary>One thing that happened.</summary>
internal sealed record MilestoneReport(string What, DateTimeOffset At, string Text);
