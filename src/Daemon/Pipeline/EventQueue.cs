using System.Threading.Channels;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Events on their way to whoever tells of them: bounded, and whoever adds waits when it is full, since no event may be lost.</summary>
internal sealed class EventQueue
{
    private const int Capacity = 1024;

    private readonly Channel<HealthEvent> _channel = Channel.CreateBounded<HealthEvent>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public EventQueue() => Meter = new QueueMeter("events", Capacity, () => _channel.Reader.Count);

    public QueueMeter Meter { get; }

    /// <summary>Blocks the caller while the queue is full.</summary>
    public void Add(HealthEvent happened)
    {
        while (!_channel.Writer.TryWrite(happened))
        {
            if (!_channel.Writer.WaitToWriteAsync().AsTask().GetAwaiter().GetResult()) return;
        }
    }

    /// <summary>Up to where the kernel log was read, by events or without them; null before the first.</summary>
    public KernelCursor? Read { get; private set; }

    /// <summary>Records of the kernel's log up to here made no event, or one that was added.</summary>
    public void Advance(KernelCursor cursor)
    {
        lock (_channel) Read = cursor;
    }

    public IAsyncEnumerable<HealthEvent> ReadAllAsync() => _channel.Reader.ReadAllAsync();

    public void Complete() => _channel.Writer.TryComplete();
}
