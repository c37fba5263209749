namespace Forewarn.Daemon.Efficiency;

/// <summary>What the accounts of a node's devices share.</summary>
internal sealed class NodeAccounts(TimeProvider time)
{
    private long _longestGap = TimeSpan.FromSeconds(5).Ticks;

    public SteadyClock Clock { get; } = new(time);

    public JobAccounts Jobs { get; } = new();

    /// <summary>Two samples of a device further apart say nothing about the time between them.</summary>
    public TimeSpan LongestGap
    {
        get => new(Interlocked.Read(ref _longestGap));
        set => Interlocked.Exchange(ref _longestGap, value.Ticks);
    }
}
