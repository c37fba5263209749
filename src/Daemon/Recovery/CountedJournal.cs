using System.Collections.Immutable;
using Forewarn.Controller.Coordination;

namespace Forewarn.Daemon.Recovery;

/// <summary>A journal whose new lines are counted once they are on the disk.</summary>
internal sealed class CountedJournal(IJournal journal, RecoveryMeter meter) : IJournal
{
    public ControllerState State => journal.State;

    public void Append(ImmutableArray<JournalEntry> entries)
    {
        journal.Append(entries);
        foreach (var entry in entries) meter.Count(entry);
    }

    public IReadOnlyList<JournalEntry> Of(long incident) => journal.Of(incident);

    public void Dispose() => journal.Dispose();
}
