using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Store;

/// <summary>What became of events on their way to the disk.</summary>
internal sealed class EventStoreMeter
{
    private long _stored;
    private long _lost;
    private long _held;
    private long _lastSuccessTicks;
    private string? _refusal;

    /// <summary>Events stored, growth of one that was stored before included.</summary>
    public long Stored => Interlocked.Read(ref _stored);

    /// <summary>Events that found no room while the disk refused.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Events that wait for the disk.</summary>
    public long Held
    {
        get => Interlocked.Read(ref _held);
        set => Interlocked.Exchange(ref _held, value);
    }

    /// <summary>Why the disk refuses; null while it takes.</summary>
    public string? Refusal
    {
        get => Volatile.Read(ref _refusal);
        set => Volatile.Write(ref _refusal, value);
    }

    /// <summary>Last commit; the default before the first.</summary>
    public DateTimeOffset LastSuccess
    {
        get => new(Interlocked.Read(ref _lastSuccessTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _lastSuccessTicks, value.UtcTicks);
    }

    /// <summary>How long commits take.</summary>
    public DurationHistogram Commits { get; } = new();

    public void CountStored(int events) => Interlocked.Add(ref _stored, events);

    public void CountLost(int events) => Interlocked.Add(ref _lost, events);
}
