using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Store;

/// <summary>Takes what happened and tells of it.</summary>
internal sealed class EventWriter(EventJournal journal)
{
    /// <summary>Takes what belongs together.</summary>
    public void Post(EventBatch batch)
    {
        foreach (var record in batch.Events)
        {
            if (record.IsNew) journal.Tell(record.Event);
        }
    }
}
