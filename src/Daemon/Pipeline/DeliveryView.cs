namespace Forewarn.Daemon.Pipeline;

/// <summary>What an exporter that sends has delivered, still holds and has lost; written by it, read by everyone who tells of the node.</summary>
internal sealed class DeliveryView(string exporter, string target)
{
    private readonly long[] _dropped = new long[Enum.GetValues<DropReason>().Length];
    private long _taken;
    private long _written;
    private long _retries;
    private long _heldPoints;
    private long _queuedPoints;
    private long _spoolBatches;
    private long _spoolBytes;
    private long _oldestHeldTicks;
    private long _oldestQueuedTicks;
    private long _lastSuccessTicks;
    private DeliveryTrouble? _trouble;

    /// <summary>The exporter's name, for example <c>influx</c>.</summary>
    public string Exporter => exporter;

    /// <summary>Where it sends, without any secret.</summary>
    public string Target => target;

    /// <summary>
    /// Points that are to be sent: taken from the node's view, or over from the spool that an earlier agent left. As many as are written, dropped
    /// and held, but while a batch is on its way.
    /// </summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Points that the server took.</summary>
    public long Written => Interlocked.Read(ref _written);

    /// <summary>Requests made again after one that failed.</summary>
    public long Retries => Interlocked.Read(ref _retries);

    /// <summary>Points that wait, in memory or in the spool.</summary>
    public long HeldPoints => Interlocked.Read(ref _heldPoints) + Interlocked.Read(ref _queuedPoints);

    /// <summary>Files in the spool.</summary>
    public long SpoolBatches => Interlocked.Read(ref _spoolBatches);

    /// <summary>Their size in bytes.</summary>
    public long SpoolBytes => Interlocked.Read(ref _spoolBytes);

    /// <summary>When the oldest waiting points were taken; the default when none wait.</summary>
    public DateTimeOffset OldestHeld
    {
        get
        {
            var kept = Interlocked.Read(ref _oldestHeldTicks);
            return new(kept > 0 ? kept : Interlocked.Read(ref _oldestQueuedTicks), TimeSpan.Zero);
        }
    }

    /// <summary>When the server last took points; the default before the first time.</summary>
    public DateTimeOffset LastSuccess => new(Interlocked.Read(ref _lastSuccessTicks), TimeSpan.Zero);

    /// <summary>Null while points are delivered.</summary>
    public DeliveryTrouble? Trouble
    {
        get => Volatile.Read(ref _trouble);
        set => Volatile.Write(ref _trouble, value);
    }

    /// <summary>From sending a request to its answer, failed ones too.</summary>
    public DurationHistogram Requests { get; } = new();

    public long Dropped(DropReason reason) => Interlocked.Read(ref _dropped[(int)reason]);

    public void CountTaken(long points) => Interlocked.Add(ref _taken, points);

    public void CountWritten(long points, DateTimeOffset now)
    {
        Interlocked.Add(ref _written, points);
        Interlocked.Exchange(ref _lastSuccessTicks, now.UtcTicks);
    }

    public void CountDropped(DropReason reason, long points) => Interlocked.Add(ref _dropped[(int)reason], points);

    public void CountRetry() => Interlocked.Increment(ref _retries);

    /// <summary>What waits before it is kept, since when; the default when nothing does.</summary>
    public void Queue(long points, DateTimeOffset oldest)
    {
        Interlocked.Exchange(ref _queuedPoints, points);
        Interlocked.Exchange(ref _oldestQueuedTicks, oldest.UtcTicks);
    }

    /// <summary>What is kept, in memory and on disk; the default when nothing is.</summary>
    public void Hold(long points, DateTimeOffset oldest, long spoolBatches, long spoolBytes)
    {
        Interlocked.Exchange(ref _heldPoints, points);
        Interlocked.Exchange(ref _oldestHeldTicks, oldest.UtcTicks);
        Interlocked.Exchange(ref _spoolBatches, spoolBatches);
        Interlocked.Exchange(ref _spoolBytes, spoolBytes);
    }
}
