using System.Collections.Immutable;
using Forewarn.Controller.Coordination;

namespace Forewarn.Daemon.Recovery;

/// <summary>A journal whose new lines are counted, told and audited once they are on the disk, in the order of their numbers.</summary>
internal sealed class CountedJournal(SqliteJournal journal, RecoveryMeter meter, RecoveryTally tally, FleetEvents events, AuditLog audit) : IJournal
{
    // The loop writes, and so does who takes a person's order: whoever is told of a line must have been told of those before.
    private readonly Lock _gate = new();

    public ControllerState State => journal.State;

    public void Append(ImmutableArray<JournalEntry> entries)
    {
        lock (_gate)
        {
            var state = journal.State;
            journal.Append(entries);
            var line = journal.Newest - entries.Length;
            foreach (var entry in entries)
            {
                meter.Count(state, entry);
                tally.Count(state, entry);
                events.Tell(++line, entry);
                if (AuditLine.Of(state, entry) is { } audited) audit.Add(audited.Text());
                state = state.With(entry);
            }
        }
    }

    public IReadOnlyList<JournalEntry> Of(long incident) => journal.Of(incident);

    public void Dispose() => journal.Dispose();
}
