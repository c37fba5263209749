namespace Forewarn.Daemon.Pipeline;

/// <summary>Depth and losses of one bounded queue.</summary>
internal sealed class QueueMeter(string name, int capacity, Func<int> depth)
{
    private long _dropped;

    public string Name => name;

    public int Capacity => capacity;

    public int Depth => depth();

    public long Dropped => Interlocked.Read(ref _dropped);

    public void CountDrop() => Interlocked.Increment(ref _dropped);
}
