using Forewarn.Controller.Repair;
using Forewarn.Model;

namespace Forewarn.Daemon.Recovery.Views;

/// <summary>The repair of the trouble's node, and its return.</summary>
internal sealed record RepairReport
{
    public required RepairStep Step { get; init; }

    /// <summary>Since when it stands there.</summary>
    public required DateTimeOffset Since { get; init; }

    public required RepairOutcome Outcome { get; init; }

    /// <summary>Which repair of this node it is.</summary>
    public required int Number { get; init; }

    /// <summary>What is asked for.</summary>
    public required RepairAction Action { get; init; }

    public required string Device { get; init; }

    /// <summary>When it began to be done; absent while it has not.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>The validation's job; absent before.</summary>
    public string? Job { get; init; }

    /// <summary>When the node was given back; absent while it was not.</summary>
    public DateTimeOffset? Returned { get; init; }

    /// <summary>How often the node fell ill of the same in its probation.</summary>
    public required int Relapses { get; init; }

    /// <summary>The guard that keeps it from going on; absent when none does.</summary>
    public string? Guard { get; init; }

    /// <summary>Somebody has to approve it.</summary>
    public required bool AwaitsApproval { get; init; }

    public required string Why { get; init; }

    public static RepairReport Of(NodeRepair repair) => new()
    {
        Step = repair.Step,
        Since = repair.StepSince,
        Outcome = repair.Outcome,
        Number = repair.Number,
        Action = repair.Action,
        Device = repair.Device,
        Began = repair.Began,
        Job = repair.Job.Length == 0 ? null : repair.Job,
        Returned = repair.Returned,
        Relapses = repair.Relapses,
        Guard = repair.Guard.Length == 0 ? null : repair.Guard,
        AwaitsApproval = repair.AwaitsApproval,
        Why = repair.Why,
    };
}
