using Forewarn.Controller.Incidents;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>What a job's owner is told of what was done: one bracket in a text of the scheduler in which others may write as well.</summary>
public static class OwnerNote
{
    /// <summary>What our bracket begins with.</summary>
    public const string Mark = "[forewarn: ";

    // With its bracket as much as `squeue -O admin_comment:200` shows, by which owners are told to read it.
    private const int Longest = 200 - 12;

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

    /// <summary>
    /// What is to be told of this job now, of the latest trouble first; null while nothing was done for it, or its move is still under way: nothing may hold that up. Older ones are
    /// told as well where there is room, and counted where there is none, or where they are over.
    /// </summary>
    public static string? Of(ControllerState state, ClusterJob job)
    {
        var move = state.Recoveries.GetValueOrDefault(job.Id);
        if (move is { Step: < RecoveryStep.Progressing or RecoveryStep.Undoing }) return null;
        var decisions = state.Decisions.Values.Where(one => one.Job == job.Id).ToList();
        var told = decisions.Where(one => IsDone(one, state)).ToDictionary(static one => one.Incident, one => Say(one, state.Incidents[one.Incident]));
        // Of one trouble its move says more, unless it came to nothing.
        if (move is not null && (!told.ContainsKey(move.Incident) || move.Outcome is RecoveryOutcome.Open or RecoveryOutcome.Recovered)) told[move.Incident] = Say(move);
        var all = decisions.Where(static one => IsDeed(one.Verdict)).Select(static one => one.Incident).Union(told.Keys).Count();
        return told.Count == 0 ? null : Join([.. told.OrderByDescending(static one => one.Key).Select(static one => one.Value)], all);
    }

    private static string Join(List<string> told, int all)
    {
        for (var shown = told.Count; ; shown--)
        {
            var (words, earlier) = (string.Join("; ", told.Take(shown)), all > shown ? FormattableString.Invariant($"; {all - shown} earlier") : "");
            if (words.Length + earlier.Length <= Longest) return words + earlier;
            if (shown == 1) return words[..(Longest - earlier.Length)] + earlier;
        }
    }

    private static bool IsDeed(Verdict verdict) => verdict is Verdict.Drained or Verdict.Asked or Verdict.AwaitsCheckpoint or Verdict.Adopted or Verdict.Moving;

    private static bool IsDone(DecisionRecord decision, ControllerState state)
        => decision.Verdict != Verdict.Moving && IsDeed(decision.Verdict) && state.Incidents.GetValueOrDefault(decision.Incident) is { IsOpen: true };

    private static string Say(JobRecovery move)
    {
        var from = move.Checkpoint is { Step: >= 0 } seen ? FormattableString.Invariant($" from step {seen.Step}") : "";
        var lost = move.Lost is { TotalSeconds: >= 1 } time ? FormattableString.Invariant($", {time.TotalSeconds:0} s of work lost") : "";
        return move.Outcome is RecoveryOutcome.Open or RecoveryOutcome.Recovered
            ? FormattableString.Invariant($"incident {move.Incident}: moved off {string.Join(' ', move.Targets)}{from}{lost}")
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
