using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>What a job's owner is told of what was done: one bracket in a text of the scheduler in which others may write as well.</summary>
public static class OwnerNote
{
    /// <summary>What our bracket begins with.</summary>
    public const string Mark = "[forewarn: ";

    // Own figure: what a terminal shows in two lines.
    private const int Longest = 160;

    /// <summary>The text with ours in it: in its old place where there was one, else behind what others wrote. What they wrote stays as it is.</summary>
    public static string Merge(string text, string note)
    {
        var ours = $"{Mark}{Clean(note)}]";
        var start = text.IndexOf(Mark, StringComparison.Ordinal);
        var end = start < 0 ? -1 : text.IndexOf(']', start);
        // One that was cut by the scheduler, or by a person, has no end: what stands behind it may be theirs.
        if (start < 0 || end < 0) return text.Length == 0 ? ours : $"{text} {ours}";
        return string.Concat(text.AsSpan(0, start), ours, text.AsSpan(end + 1));
    }

    /// <summary>What is to be told of this job now; null while nothing was done for it, or its move is still under way: nothing may hold that up.</summary>
    public static string? Of(ControllerState state, ClusterJob job)
    {
        var move = state.Recoveries.GetValueOrDefault(job.Id);
        if (move is { Step: < RecoveryStep.Progressing or RecoveryStep.Undoing }) return null;
        var decision = state.Decisions.Values.Where(one => one.Job == job.Id && IsDone(one, state)).MaxBy(static one => one.Incident);
        // A later trouble than that of its move is what its owner wants to know of; of the same one the move says more, unless it came to nothing.
        if (move is not null && (decision is null || decision.Incident < move.Incident || (decision.Incident == move.Incident && move.Outcome is RecoveryOutcome.Open or RecoveryOutcome.Recovered))) return Say(move);
        return decision is null ? null : Say(decision, state.Incidents[decision.Incident]);
    }

    private static bool IsDone(DecisionRecord decision, ControllerState state)
        => decision.Verdict is Verdict.Drained or Verdict.Asked or Verdict.AwaitsCheckpoint or Verdict.Adopted && state.Incidents.GetValueOrDefault(decision.Incident) is { IsOpen: true };

    private static string Say(JobRecovery move)
    {
        var from = move.Checkpoint is { Step: >= 0 } seen ? FormattableString.Invariant($" from step {seen.Step}") : "";
        return move.Outcome is RecoveryOutcome.Open or RecoveryOutcome.Recovered
            ? FormattableString.Invariant($"incident {move.Incident}: moved off {string.Join(' ', move.Targets)}{from}")
            : FormattableString.Invariant($"incident {move.Incident}: the move off {string.Join(' ', move.Targets)} came to nothing: {move.Outcome}");
    }

    private static string Say(DecisionRecord decision, Incident incident)
    {
        var (nodes, rule) = (string.Join(' ', decision.Nodes), incident.Rule.Length == 0 ? "trouble" : incident.Rule);
        return decision.Verdict switch
        {
            Verdict.Asked => FormattableString.Invariant($"incident {incident.Id}: {nodes} may fail ({rule}): asked for a checkpoint, stays to its end"),
            Verdict.AwaitsCheckpoint => FormattableString.Invariant($"incident {incident.Id}: {nodes} may fail ({rule}): is moved at its next checkpoint"),
            Verdict.Adopted => FormattableString.Invariant($"incident {incident.Id}: {nodes} is gone, the scheduler started it anew"),
            _ => FormattableString.Invariant($"incident {incident.Id}: {nodes} may fail ({rule}): drained, the job runs to its end"),
        };
    }

    // What would end the bracket, or the line, comes from nobody who writes it in good faith.
    private static string Clean(string note)
    {
        var clean = string.Concat(note.Select(static letter => char.IsControl(letter) || letter is '[' or ']' ? ' ' : letter));
        return clean.Length <= Longest ? clean : clean[..Longest];
    }
}
