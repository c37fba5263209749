using System.Collections.Immutable;
using Forewarn.Controller.Jobs;
using Forewarn.Model;

namespace Forewarn.Controller.Repair;

/// <summary>The repair of one node and its return, as the journal keeps it. Immutable: each step is a new one, and each is written before it is acted on.</summary>
public sealed record NodeRepair
{
    private const string ValidationMark = "forewarn_validate_";

    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>The trouble that asks for most.</summary>
    public required long Incident { get; init; }

    /// <summary>Which repair of this node it is; 1 for the first.</summary>
    public required int Number { get; init; }

    /// <summary>Whose term of leadership began it: it is in the reasons that the scheduler is given, and stays.</summary>
    public required long BeganIn { get; init; }

    /// <summary>Whose term wrote it.</summary>
    public required long Epoch { get; init; }

    /// <summary>What is asked for.</summary>
    public required RepairAction Action { get; init; }

    /// <summary>The device that asks for it.</summary>
    public required string Device { get; init; }

    /// <summary>What is the matter, by rule: the same in its probation is a relapse.</summary>
    public required ImmutableArray<string> Rules { get; init; }

    /// <summary>Cards that the agent told of, before.</summary>
    public int Cards { get; init; }

    /// <summary>The kernel's boot, before; empty when it was not told.</summary>
    public string BootId { get; init; } = "";

    /// <summary>Where it stands.</summary>
    public RepairStep Step { get; init; } = RepairStep.Proposed;

    /// <summary>Since when.</summary>
    public required DateTimeOffset StepSince { get; init; }

    /// <summary>When it began to be done; null while it has not.</summary>
    public DateTimeOffset? Began { get; init; }

    /// <summary>In how many terms the site's command was begun, or was about to be when the journal was last written; 0 to 2.</summary>
    public int Commands { get; init; }

    /// <summary>The last of these terms.</summary>
    public long CommandEpoch { get; init; }

    /// <summary>The validation's job, once seen; empty before.</summary>
    public string Job { get; init; } = "";

    /// <summary>When the node was given back; null while it was not.</summary>
    public DateTimeOffset? Returned { get; init; }

    /// <summary>How often the node fell ill of the same in its probation, repairs before this one counted.</summary>
    public int Relapses { get; init; }

    /// <summary>How it ended.</summary>
    public RepairOutcome Outcome { get; init; }

    /// <summary>The guard that keeps it from going on; empty when none does.</summary>
    public string Guard { get; init; } = "";

    /// <summary>That is for a person to approve.</summary>
    public bool AwaitsApproval { get; init; }

    /// <summary>One line for people: why it stands where it stands.</summary>
    public string Why { get; init; } = "";

    /// <summary>It is not over.</summary>
    public bool IsOpen => Step != RepairStep.Closed;

    /// <summary>The node is in service, or about to be, by our doing: what its agent tells is this repair's to judge.</summary>
    public bool IsReturning => Step is RepairStep.Admitting or RepairStep.Validating or RepairStep.Probation;

    /// <summary>The node is expected to be away for a while.</summary>
    public bool IsAtWork => Step is RepairStep.Repairing or RepairStep.Proving;

    /// <summary>By this name the site's command is known while it runs.</summary>
    public string Key => FormattableString.Invariant($"{Incident}/{Number}");

    /// <summary>What keeps the node for us. No job is called so.</summary>
    public string Hold => FormattableString.Invariant($"forewarn_{Incident}_node_{Number}");

    /// <summary>The name of the validation's job.</summary>
    public string JobName => FormattableString.Invariant($"{ValidationMark}{Incident}_{Number}");

    /// <summary>What the scheduler is told as the reason of the reboot: by it we know that we asked already.</summary>
    public string RebootReason => FormattableString.Invariant($"forewarn[{BeganIn}/{Incident}]: repair {Number}, {Action} for {(Rules.IsEmpty ? "trouble" : Rules[0])}");

    /// <summary>The same of a node that is taken out again.</summary>
    public string OutReason => FormattableString.Invariant($"forewarn[{BeganIn}/{Incident}]: repair {Number} did not help");

    /// <summary>The job is a validation of ours.</summary>
    public static bool IsValidation(ClusterJob job) => job.Name.StartsWith(ValidationMark, StringComparison.Ordinal) && job.Reservation.StartsWith("forewarn_", StringComparison.Ordinal);

    /// <summary>The same at its next step.</summary>
    public NodeRepair At(RepairStep step, DateTimeOffset now, string why) => this with { Step = step, StepSince = now, Why = why, Guard = "", AwaitsApproval = false };
}
