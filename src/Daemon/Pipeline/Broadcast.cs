using System.Collections.Immutable;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Tells everyone who listens, each behind a queue of its own: who cannot keep up is cut off.</summary>
/// <param name="capacity">How far one may be behind.</param>
internal sealed class Broadcast<T>(int capacity)
{
    private ImmutableList<Listener<T>> _listeners = [];
    private volatile bool _isOver;

    /// <summary>Those who listen now.</summary>
    public int Listeners => _listeners.Count;

    /// <summary>From now on, until it is disposed of, cut off or the stream is over.</summary>
    public Listener<T> Listen()
    {
        var listener = new Listener<T>(capacity, gone => ImmutableInterlocked.Update(ref _listeners, static (all, one) => all.Remove(one), gone));
        ImmutableInterlocked.Update(ref _listeners, static (all, added) => all.Add(added), listener);
        if (_isOver) listener.Dispose();
        return listener;
    }

    /// <summary>Of one thread at a time.</summary>
    public void Tell(T told)
    {
        foreach (var listener in _listeners) listener.Take(told);
    }

    /// <summary>Everyone hears the rest and no more.</summary>
    public void Complete()
    {
        _isOver = true;
        foreach (var listener in _listeners) listener.Dispose();
    }
}
