namespace Forewarn.Daemon.Pipeline;

/// <summary>Time spent in one group of vendor calls, over all devices.</summary>
internal sealed class CallGroupMeter(string name)
{
    private long _calls;
    private long _nanoseconds;

    public string Name => name;

    public long Calls => Interlocked.Read(ref _calls);

    public double Seconds => Interlocked.Read(ref _nanoseconds) / 1e9;

    public void Add(long nanoseconds)
    {
        Interlocked.Increment(ref _calls);
        Interlocked.Add(ref _nanoseconds, nanoseconds);
    }
}
