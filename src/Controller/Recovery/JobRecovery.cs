using System.Collections.Immutable;
using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Recovery;

/// <summary>The move of one job off its bad nodes, as the journal keeps it. Immutable: each step is a new one, and each is written before it is acted on.</summary>
public sealed record JobRecovery
{
    /// <summary>The trouble that it answers.</summary>
    public required long Incident { get; init; }

    /// <summary>Whose term of leadership wrote it.</summary>
    public required long Epoch { get; init; }

    /// <summary>The job.</summary>
    public required string Job { get; init; }

    /// <summary>Whose it is.</summary>
    public required string User { get; init; }

    /// <summary>What its owner declared, as it stood when the move began.</summary>
    public required JobContract Contract { get; init; }

    /// <summary>Nodes that it has to leave.</summary>
    public required ImmutableArray<string> Targets { get; init; }

    /// <summary>Nodes that it shall run on, in the order of its ranks; those where it stays are among them.</summary>
    public required ImmutableArray<string> Destinations { get; init; }

    /// <summary>How often it had been started anew before we touched it.</summary>
    public required int RestartsBefore { get; init; }

    /// <summary>Its bad card has failed, its work is not to be trusted, it has only just started or only just written: it is not asked for a checkpoint.</summary>
    public bool MayNotAsk { get; init; }

    /// <summary>Which placement this is: 1, and one more each time that a new node failed as well.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Where it stands.</summary>
    public RecoveryStep Step { get; init; } = RecoveryStep.Securing;

    /// <summary>Since when.</summary>
    public required DateTimeOffset StepSince { get; init; }

    /// <summary>The targets were seen out of service: from here on one that is in service was put there by a person.</summary>
    public bool TargetsWereOut { get; init; }

    /// <summary>When it was asked for a checkpoint; null when it was not.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>How often its signal was sent, or was about to be when the journal was last written; 0 to 2.</summary>
    public int Signals { get; init; }

    /// <summary>Its newest checkpoint when it was asked, and again when it has run on its new nodes for a moment: another one is newer, whatever the clocks of file servers say.</summary>
    public SeenCheckpoint? Noted { get; init; }

    /// <summary><see cref="Noted"/> is what a look had found; null there means that there was none. False again from when it runs until that moment.</summary>
    public bool IsNoted { get; init; }

    /// <summary>When we took it off its nodes, or were about to; null while we have not. Only a hold of that moment is ours to end.</summary>
    public DateTimeOffset? StoppedAt { get; init; }

    /// <summary>When it ended with an error since its card failed; null where it did not.</summary>
    public DateTimeOffset? DiedAt { get; init; }

    /// <summary>It was seen to be held no more: a hold that comes later is somebody's.</summary>
    public bool WasLetGo { get; init; }

    /// <summary>The checkpoint that it resumes from, once known.</summary>
    public SeenCheckpoint? Checkpoint { get; init; }

    /// <summary>No checkpoint came in time, and it resumes from an older one.</summary>
    public bool FellBack { get; init; }

    /// <summary>Cards that it computes with.</summary>
    public int Cards { get; init; }

    /// <summary>When it had been started on its old nodes; null where the scheduler does not say.</summary>
    public DateTimeOffset? RanSince { get; init; }

    /// <summary>How long it had computed behind the checkpoint that it resumes from, when it was taken off its nodes: the work that the move costs it. Null before that, and where nobody knows.</summary>
    public TimeSpan? Lost { get; init; }

    /// <summary>Work that a failure at that moment would have cost as well, had nobody asked for a checkpoint: from the last one before until the one that was asked for.</summary>
    public TimeSpan Kept { get; init; }

    /// <summary>It was asked, and what it resumes from was written since.</summary>
    public bool IsAnswered => this is { AskedAt: not null, FellBack: false, Checkpoint: { } seen } && seen != Noted;

    /// <summary>How it ended, or will when all is taken back.</summary>
    public RecoveryOutcome Outcome { get; init; }

    /// <summary>One line for people: why it stands where it stands.</summary>
    public string Why { get; init; } = "";

    /// <summary>Name of the hold over its new nodes: tells whose it is, and a new placement has a new one.</summary>
    public string Hold => FormattableString.Invariant($"{HoldPrefix}{Attempt}");

    /// <summary>What the names of all its holds begin with.</summary>
    public string HoldPrefix => FormattableString.Invariant($"forewarn_{Incident}_{Job}_");

    /// <summary>While this is true the job's nodes carry the request for a checkpoint where its processes look for it.</summary>
    public bool IsAsking => Step == RecoveryStep.AwaitingCheckpoint;

    /// <summary>The same at its next step.</summary>
    public JobRecovery At(RecoveryStep step, DateTimeOffset now, string why) => this with { Step = step, StepSince = now, Why = why };

    /// <summary>The same with other nodes to go to, when one of those meant failed as well. What was reached is kept: a checkpoint is not asked for twice.</summary>
    public JobRecovery To(ImmutableArray<string> destinations, DateTimeOffset now)
        => (this with { Destinations = destinations, Attempt = Attempt + 1 }).At(Step < RecoveryStep.Stopping ? RecoveryStep.Securing : Step, now, "placed anew");
}
