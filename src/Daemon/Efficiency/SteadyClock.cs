namespace Forewarn.Daemon.Efficiency;

/// <summary>
/// Seconds since 1970 that never step: the wall clock as the agent found it, and from then on the monotonic clock. A clock that is set moves
/// no account; where the two have come apart, what is stored follows the wall clock.
/// </summary>
internal sealed class SteadyClock(TimeProvider time)
{
    private readonly double _wall = Unix(time.GetUtcNow());
    private readonly long _start = time.GetTimestamp();

    public double Now => At(time.GetTimestamp());

    /// <summary>How far the wall clock is ahead by now.</summary>
    public double WallAhead => Unix(time.GetUtcNow()) - Now;

    /// <summary>The time of a monotonic timestamp.</summary>
    public double At(long timestamp) => _wall + ((timestamp - _start) / (double)time.TimestampFrequency);

    private static double Unix(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).TotalSeconds;
}
