namespace Forewarn.Daemon.Pipeline;

/// <summary>What the controller was told and what waits; written by the reporter, read by everyone who tells of the node.</summary>
internal sealed class ReportingView(string target)
{
    private long _taken;
    private long _failed;
    private long _waiting;
    private long _requests;
    private long _refusedOrders;
    private long _lastSuccessTicks;
    private DeliveryTrouble? _trouble;

    /// <summary>Where it is told, without any secret.</summary>
    public string Target => target;

    /// <summary>Reports that the controller took.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Reports that it did not, or of which that is not known.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Events in the store that it has not taken, as of the last report.</summary>
    public long Waiting
    {
        get => Interlocked.Read(ref _waiting);
        set => Interlocked.Exchange(ref _waiting, value);
    }

    /// <summary>Requests for a checkpoint that lie for jobs now.</summary>
    public long Requests
    {
        get => Interlocked.Read(ref _requests);
        set => Interlocked.Exchange(ref _requests, value);
    }

    /// <summary>Requests for a checkpoint that could not be put down: a job's number that is none, or a directory that refuses.</summary>
    public long RefusedOrders => Interlocked.Read(ref _refusedOrders);

    /// <summary>When a report was last taken; the default before the first time.</summary>
    public DateTimeOffset LastSuccess => new(Interlocked.Read(ref _lastSuccessTicks), TimeSpan.Zero);

    /// <summary>Null while reports are taken.</summary>
    public DeliveryTrouble? Trouble
    {
        get => Volatile.Read(ref _trouble);
        set => Volatile.Write(ref _trouble, value);
    }

    /// <summary>From sending a report to its answer, failed ones too.</summary>
    public DurationHistogram Durations { get; } = new();

    public void CountTaken(DateTimeOffset now)
    {
        Interlocked.Increment(ref _taken);
        Interlocked.Exchange(ref _lastSuccessTicks, now.UtcTicks);
    }

    public void CountFailed() => Interlocked.Increment(ref _failed);

    public void CountRefusedOrder() => Interlocked.Increment(ref _refusedOrders);
}
