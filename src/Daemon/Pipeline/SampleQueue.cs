using System.Threading.Channels;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// Samples on their way from the frames to the assessment: bounded, the oldest is dropped and counted. The samples themselves go round
/// between a pool and this queue.
/// </summary>
internal sealed class SampleQueue
{
    public const int Capacity = 256; // two slow and fast sweeps of 64 devices

    private readonly Channel<Sample> _channel;
    private readonly Stack<Sample> _pool = new(Capacity);

    public SampleQueue()
    {
        _channel = Channel.CreateBounded<Sample>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, Dropped);
        Meter = new QueueMeter("samples", Capacity, () => _channel.Reader.Count);
    }

    public QueueMeter Meter { get; }

    /// <summary>Called when samples were announced; whoever takes wakes up by it.</summary>
    public Action? Arrived { get; set; }

    public Sample Rent()
    {
        lock (_pool) return _pool.TryPop(out var sample) ? sample : new Sample();
    }

    public void Return(Sample sample)
    {
        sample.Clear();
        lock (_pool)
        {
            if (_pool.Count < Capacity) _pool.Push(sample);
        }
    }

    public void Add(Sample sample) => _channel.Writer.TryWrite(sample);

    /// <summary>
    /// Wakes who takes, once for all that was added since. Woken by the first of a sweep's samples it would take each while the next is being
    /// added, and both threads would wait for one another at every one.
    /// </summary>
    public void Announce()
    {
        if (_channel.Reader.Count > 0) Arrived?.Invoke();
    }

    public bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Sample? sample) => _channel.Reader.TryRead(out sample);

    public void Complete() => _channel.Writer.TryComplete();

    private void Dropped(Sample sample)
    {
        Meter.CountDrop();
        Return(sample);
    }
}
