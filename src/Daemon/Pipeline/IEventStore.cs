namespace Forewarn.Daemon.Pipeline;

/// <summary>Where events lie on disk.</summary>
internal interface IEventStore : IDisposable
{
    /// <summary>Of this file, at random: a file that is begun anew has another.</summary>
    string Identity { get; }

    /// <summary>What an earlier run left.</summary>
    StoredState Load();

    /// <summary>Stores all of these or none; durable when it returns. Throws <see cref="EventStoreException"/> when the disk refuses.</summary>
    void Commit(IReadOnlyList<EventBatch> batches);

    /// <summary>Events, the oldest first, at most so many.</summary>
    IReadOnlyList<EventRecord> Read(EventFilter filter, int most);

    /// <summary>How many events have a greater number. Throws <see cref="EventStoreException"/>.</summary>
    long CountAfter(long number);

    /// <summary>Forgets some of the events that were last seen before this time; true when there may be more.</summary>
    bool Forget(DateTimeOffset before);
}

/// <summary>The disk refused: full, read-only, broken.</summary>
internal sealed class EventStoreException(string message, Exception? inner) : Exception(message, inner)
{
    /// <summary>The file itself is broken: trying again is of no use.</summary>
    public bool IsDamaged { get; init; }
}
