using System.Collections.Immutable;
using System.Threading.Channels;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Store;

/// <summary>An event that is told.</summary>
/// <param name="Record">The event with its number.</param>
/// <param name="IsDurable">It is on the disk; false while the disk refuses.</param>
internal readonly record struct Announcement(EventRecord Record, bool IsDurable);

/// <summary>Tells everyone who listens, each behind a queue of its own: who cannot keep up is cut off, since it can ask again from where it was.</summary>
internal sealed class EventStream
{
    private const int Capacity = 1024;

    private ImmutableList<Channel<Announcement>> _listeners = [];

    /// <summary>Those who listen now.</summary>
    public int Listeners => _listeners.Count;

    /// <summary>From now on; ends when cancelled, or when the listener fell behind.</summary>
    public ChannelReader<Announcement> Listen(CancellationToken end)
    {
        var channel = Channel.CreateBounded<Announcement>(new BoundedChannelOptions(Capacity) { SingleReader = true });
        ImmutableInterlocked.Update(ref _listeners, static (all, added) => all.Add(added), channel);
        end.UnsafeRegister(_ => Leave(channel), null);
        return channel.Reader;
    }

    public void Tell(Announcement announcement)
    {
        foreach (var listener in _listeners)
        {
            if (!listener.Writer.TryWrite(announcement)) Leave(listener);
        }
    }

    private void Leave(Channel<Announcement> channel)
    {
        ImmutableInterlocked.Update(ref _listeners, static (all, gone) => all.Remove(gone), channel);
        channel.Writer.TryComplete();
    }
}
