using System.Threading.Channels;

namespace Forewarn.Daemon.Pipeline;

/// <summary>One who is told, behind a queue of its own.</summary>
/// <param name="capacity">How far it may be behind.</param>
/// <param name="leave">Takes it off the list of those who are told.</param>
internal sealed class Listener<T>(int capacity, Action<Listener<T>> leave) : IDisposable
{
    private readonly Channel<T> _channel = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
    private readonly CancellationTokenSource _cut = new();
    private volatile bool _isOver;

    /// <summary>Ends when the listener was cut off, or nothing more will be told.</summary>
    public ChannelReader<T> Told => _channel.Reader;

    /// <summary>Cancelled when the listener could not keep up.</summary>
    public CancellationToken CutOff => _cut.Token;

    /// <summary>Never waits.</summary>
    public void Take(T told)
    {
        if (_channel.Writer.TryWrite(told) || _isOver) return;
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
