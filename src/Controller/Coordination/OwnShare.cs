using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>
/// The controller's own share of one trouble's course: all time in which neither a command of the scheduler ran nor anybody was waited for, summed up from the times of the
/// journal's lines. It is counted from the first evidence until the last job that was moved ran on its new nodes, for then nobody waits for us any more; where none was moved,
/// until the trouble was closed.
/// </summary>
/// <remarks>
/// A look that finds nothing to do shows that others are waited for. Of the pause before one that did something nobody can say when in it the thing came about, so all of it is
/// ours. Checkpoints are looked for beside the looks: from when one had rested until the look that saw it is ours as well. Looks serve all troubles at once: it is never too small.
/// </remarks>
internal static class OwnShare
{
    /// <summary>Reads it out of the lines of the trouble and of looks, given in their order.</summary>
    public static TimeSpan Of(long incident, IReadOnlyList<JournalEntry> entries)
    {
        List<JournalEntry> lines = [.. entries.Where(entry => entry.About == incident && incident != 0)];
        if (lines.Count == 0) return TimeSpan.Zero;
        var (from, to) = (lines[0].At, End(lines));
        // What was seen last is what the end rests on: what was done behind it is none of it any more.
        List<JournalEntry.OfLook> looks = [.. entries.OfType<JournalEntry.OfLook>().Where(look => look.Seen >= from && look.Seen <= to)];
        var within = looks.Where(look => look.Seen < to).Aggregate(TimeSpan.Zero, static (sum, look) => sum + NotBelowZero(look.At - look.Seen - look.Commands));
        var pauses = looks.Aggregate(TimeSpan.Zero, (sum, look) => look is { Idle: { } idle, Asked: { } asked } ? sum + Common(idle, asked, from, to) : sum);
        return within + pauses + Unseen(lines, looks);
    }

    // Null in a value: that job's move goes on. One that was given up is over when all is taken back.
    private static DateTimeOffset End(List<JournalEntry> lines)
    {
        Dictionary<string, DateTimeOffset?> ends = [];
        foreach (var line in lines.OfType<JournalEntry.OfRecovery>())
        {
            var isOver = line.Recovery.Step is RecoveryStep.Detaching or RecoveryStep.Progressing or RecoveryStep.Closed;
            ends[line.Recovery.Job] = isOver ? ends.GetValueOrDefault(line.Recovery.Job) ?? line.At : null;
        }

        if (ends.Count > 0) return ends.Values.Max(static end => end ?? DateTimeOffset.MaxValue);
        return lines.OfType<JournalEntry.OfIncident>().FirstOrDefault(static line => !line.Incident.IsOpen)?.At ?? DateTimeOffset.MaxValue;
    }

    // What of it lies in a look or in the pause before one is counted there.
    private static TimeSpan Unseen(List<JournalEntry> lines, List<JournalEntry.OfLook> looks)
    {
        var unseen = TimeSpan.Zero;
        foreach (var line in lines.OfType<JournalEntry.OfRecovery>().Where(static line => line.Recovery is { IsAnswered: true, Step: RecoveryStep.Stopping or RecoveryStep.Placing }).DistinctBy(static line => (line.Recovery.Job, line.Recovery.AskedAt)))
        {
            var rested = line.Recovery.Checkpoint!.Written + RecoveryTimes.Rest;
            var since = rested > line.Recovery.AskedAt ? rested : line.Recovery.AskedAt!.Value;
            unseen += NotBelowZero(line.At - since) - looks.Aggregate(TimeSpan.Zero, (sum, look) => sum + Common(look.Idle ?? look.Asked ?? look.Seen, look.At, since, line.At));
        }

        return unseen;
    }

    private static TimeSpan Common(DateTimeOffset begin, DateTimeOffset end, DateTimeOffset from, DateTimeOffset to)
        => NotBelowZero((end < to ? end : to) - (begin > from ? begin : from));

    // A clock that was set back takes nothing away.
    private static TimeSpan NotBelowZero(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;
}
