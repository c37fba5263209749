namespace Forewarn.Controller.Jobs;

/// <summary>
/// What a job's owner, or the site for all jobs of a kind, declared: how it keeps its work and how it wants to be treated. Without a declaration no
/// signal is ever sent, for one that is not caught ends the job.
/// </summary>
public sealed record JobContract
{
    /// <summary>Nothing was declared.</summary>
    public static JobContract Undeclared { get; } = new();

    /// <summary>Something was declared.</summary>
    public bool IsDeclared { get; init; }

    /// <summary>By which of its contracts the site declares what the owner does not; empty for none.</summary>
    public string Site { get; init; } = "";

    /// <summary><c>forewarn=off</c>: it is told and never moved.</summary>
    public bool IsOff { get; init; }

    /// <summary>Absolute path where its checkpoints are; empty when it has none.</summary>
    public string Directory { get; init; } = "";

    /// <summary>Name of their format; empty when it shall be found out.</summary>
    public string Format { get; init; } = "";

    /// <summary>How many processes write a checkpoint; null when not declared.</summary>
    public int? Ranks { get; init; }

    /// <summary>The signal that asks for a checkpoint, without SIG; empty: the request's file alone.</summary>
    public string Signal { get; init; } = "";

    /// <summary>Who gets the signal.</summary>
    public SignalTarget Target { get; init; } = SignalTarget.Steps;

    /// <summary>It reads the request's file, or takes the signal, and answers with a checkpoint.</summary>
    public bool AnswersRequests { get; init; }

    /// <summary>What it does afterwards.</summary>
    public OnRequest OnRequest { get; init; } = OnRequest.Continue;

    /// <summary>How long it stands still after the checkpoint when <see cref="OnRequest"/> is Pause.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What becomes of it when it ends with an error since its card failed.</summary>
    public OnFailure OnFailure { get; init; } = OnFailure.Restart;

    /// <summary>Time between its regular checkpoints; null when not declared.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>How long one takes; null when not declared.</summary>
    public TimeSpan? CheckpointCost { get; init; }

    /// <summary>From its start until it computes; null when not declared.</summary>
    public TimeSpan? LoadCost { get; init; }

    /// <summary>How often we may start it anew in a day; null: as the site says.</summary>
    public int? Restarts { get; init; }
}
