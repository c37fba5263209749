namespace Forewarn.Daemon.Sampling;

/// <summary>
/// The fixed grid on which a lane sweeps: a late sweep does not shift the later ones, and sweeps that were missed are left out, not
/// made up for.
/// </summary>
internal sealed class LaneClock(TimeSpan period, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _turn;

    /// <summary>How long to wait until the next turn.</summary>
    public TimeSpan UntilNext()
    {
        var elapsed = time.GetElapsedTime(_start);
        _turn = Math.Max(_turn + 1, (elapsed.Ticks / period.Ticks) + 1);
        return (period * _turn) - elapsed;
    }
}
