using System.Threading.Channels;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Between who takes points and the outbox, which may have to wait for a disk: a disk that is slow or hangs delays no snapshot. What waits
/// here is in memory and in order, at most <see cref="MostMemory"/> of it; then the oldest go, counted.
/// </summary>
internal sealed class Intake(Outbox outbox, DeliveryView meter)
{
    /// <summary>Bytes; more than an hour of eight H100 at the default interval.</summary>
    public const long MostMemory = 4 << 20;

    private readonly Lock _telling = new();
    private readonly Channel<Batch> _batches = Channel.CreateUnbounded<Batch>();
    private long _points;
    private long _memory;

    /// <summary>Waits for nothing.</summary>
    public void Add(Batch batch)
    {
        meter.CountTaken(batch.Points);
        Count(batch, +1);
        _batches.Writer.TryWrite(batch); // there is no bound but ours
        while (Interlocked.Read(ref _memory) > MostMemory && _batches.Reader.TryRead(out var oldest))
        {
            Count(oldest, -1);
            meter.CountDropped(DropReason.NoSpool, oldest.Points);
        }

        Publish();
    }

    /// <summary>Hands on what comes, until told to stop.</summary>
    public async Task HandOnAsync(CancellationToken stop)
    {
        while (await _batches.Reader.WaitToReadAsync(stop)) HandOn();
    }

    /// <summary>Hands on what is there.</summary>
    public void HandOn()
    {
        while (_batches.Reader.TryRead(out var batch))
        {
            outbox.Add(batch);
            Count(batch, -1); // for a moment it counts twice, and never not at all
            Publish();
        }
    }

    private void Count(Batch batch, int sign)
    {
        Interlocked.Add(ref _points, sign * batch.Points);
        Interlocked.Add(ref _memory, sign * batch.Packed.Length);
    }

    // Looked at and told as one: else who looked first could tell last.
    private void Publish()
    {
        lock (_telling) meter.Queue(Interlocked.Read(ref _points), _batches.Reader.TryPeek(out var oldest) ? oldest.Taken : default);
    }
}
