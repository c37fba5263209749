using System.Threading.Channels;

namespace Forewarn.Daemon.Store;

/// <summary>One who is told, behind a queue of its own.</summary>
internal sealed class EventListener(Action<EventListener> leave) : IDisposable
{
    // Own figure: a minute of twenty events a second, some 1 MiB. Who is farther behind asks the store.
    private const int Capacity = 1024;

    private readonly Channel<Announcement> _channel = Channel.CreateBounded<Announcement>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly CancellationTokenSource _cut = new();
    private volatile bool _isOver;

    /// <summary>Ends when the listener was cut off, or nothing more will be told.</summary>
    public ChannelReader<Announcement> Told => _channel.Reader;

    /// <summary>Cancelled when the listener could not keep up.</summary>
    public CancellationToken CutOff => _cut.Token;

    /// <summary>Never waits.</summary>
    public void Take(Announcement announcement)
    {
        if (_channel.Writer.TryWrite(announcement) || _isOver) return;
        // Not on this thread: who is cut off may have something to say about it.
        _ = _cut.CancelAsync();
        Dispose();
    }

    public void Dispose()
    {
        _isOver = true;
        _channel.Writer.TryComplete();
        leave(this);
    }
}
