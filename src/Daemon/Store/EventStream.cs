using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Store;

/// <summary>An event that is told.</summary>
/// <param name="Record">The event with its number.</param>
/// <param name="IsDurable">It is on the disk; false while the disk refuses.</param>
internal readonly record struct Announcement(EventRecord Record, bool IsDurable);

/// <summary>Tells everyone who listens, each behind a queue of its own: who cannot keep up is cut off, since it can ask again from where it was.</summary>
internal sealed class EventStream
{
    // Own figure: a minute of twenty events a second, some 1 MiB. Who is farther behind asks the store.
    private const int Capacity = 1024;

    private readonly Broadcast<Announcement> _told = new(Capacity);
    private long _newest;

    /// <summary>Those who listen now.</summary>
    public int Listeners => _told.Listeners;

    /// <summary>The greatest number that was told, in an earlier run if not in this.</summary>
    public long Newest
    {
        get => Interlocked.Read(ref _newest);
        set => Interlocked.Exchange(ref _newest, value);
    }

    /// <summary>From now on, until it is disposed of, cut off or the stream is over.</summary>
    public Listener<Announcement> Listen() => _told.Listen();

    /// <summary>Of one thread at a time.</summary>
    public void Tell(Announcement announcement)
    {
        if (announcement.Record.Id > Newest) Newest = announcement.Record.Id;
        _told.Tell(announcement);
    }

    /// <summary>The agent ends: everyone hears the rest and no more.</summary>
    public void Complete() => _told.Complete();
}
