using Forewarn.Controller.Jobs;

namespace Forewarn.Controller.Recovery;

/// <summary>What a move takes from a job and what it keeps for it, in time of the job's work: reckoned when the job is off its nodes.</summary>
internal static class WorkAccount
{
    /// <summary>The same with <see cref="JobRecovery.Lost"/> and <see cref="JobRecovery.Kept"/>.</summary>
    /// <param name="move">With the checkpoint that it will resume from.</param>
    /// <param name="answer">The first that was seen to answer the request: a pause follows that one, and none that comes later.</param>
    /// <param name="off">When it was seen to be off its nodes; counts where others took it off.</param>
    public static JobRecovery Reckoned(JobRecovery move, SeenCheckpoint? answer, DateTimeOffset off)
    {
        if ((move.Checkpoint?.Written ?? move.RanSince) is not { } saved) return move with { Lost = null, Kept = TimeSpan.Zero };
        var computed = Passed(saved, move.DiedAt ?? move.StoppedAt ?? off);
        var isKept = move is { IsAnswered: true, IsNoted: true };
        return move with
        {
            Lost = !move.IsAnswered ? computed : move.Contract.OnRequest switch
            {
                OnRequest.Exit => TimeSpan.Zero,
                OnRequest.Pause when move.Checkpoint == answer => computed > move.Contract.Pause ? computed - move.Contract.Pause : TimeSpan.Zero,
                _ => computed,
            },
            Kept = isKept && (move.Noted?.Written ?? move.RanSince) is { } before ? Passed(before, saved) : TimeSpan.Zero,
        };
    }

    /// <summary>That in words; empty where nothing is lost, or nobody knows.</summary>
    public static string Said(JobRecovery move)
    {
        if (move.Lost is not { } lost || lost <= TimeSpan.Zero) return "";
        var pause = move is { IsAnswered: true, Contract: { OnRequest: OnRequest.Pause, Pause: var declared } } ? FormattableString.Invariant($", its pause of {declared.TotalSeconds:0.#} s being over") : "";
        return FormattableString.Invariant($"{lost.TotalSeconds:0.#} s of work since {move.Checkpoint?.Path ?? "its start"}{pause}");
    }

    // The clock of its file server may be ahead.
    private static TimeSpan Passed(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;
}
