using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Store;

/// <summary>An event that is told.</summary>
/// <param name="Record">The event with its number.</param>
/// <param name="IsDurable">It is on the disk; false while the disk refuses.</param>
internal readonly record struct Announcement(EventRecord Record, bool IsDurable);

/// <summary>Tells everyone who listens, each behind a queue of its own: who cannot keep up is cut off, since it can ask again from where it was.</summary>
internal sealed class EventStream
{
    private ImmutableList<EventListener> _listeners = [];
    private volatile bool _isOver;
    private long _newest;

    /// <summary>Those who listen now.</summary>
    public int Listeners => _listeners.Count;

    /// <summary>The greatest number that was told, in an earlier run if not in this.</summary>
    public long Newest
    {
        get => Interlocked.Read(ref _newest);
        set => Interlocked.Exchange(ref _newest, value);
    }

    /// <summary>From now on, until it is disposed of, cut off or the stream is over.</summary>
    public EventListener Listen()
    {
        var listener = new EventListener(gone => ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Remove(one), gone));
        ImmutableInterlocked.Update(ref _listeners, static (all, added) => all.Add(added), listener);
        if (_isOver) listener.Dispose();
        return listener;
    }

    /// <summary>Of one thread at a time.</summary>
    public void Tell(Announcement announcement)
    {
        if (announcement.Record.Id > Newest) Newest = announcement.Record.Id;
        foreach (var listener in _listeners) listener.Take(announcement);
    }

    /// <summary>The agent ends: everyone hears the rest and no more.</summary>
    public void Complete()
    {
        _isOver = true;
        foreach (var listener in _listeners) listener.Dispose();
    }
}
