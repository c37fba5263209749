namespace Forewarn.Daemon.Sampling;

/// <summary>One of several things that a thread does by turns, each on its own grid of time. Due at once, the first time.</summary>
internal sealed class Turn(TimeSpan period, TimeProvider time)
{
    private readonly LaneClock _clock = new(period, time);
    private long _begin = time.GetTimestamp();
    private TimeSpan _wait;

    /// <summary>How long until it is due; zero when it is.</summary>
    public TimeSpan Remaining => _wait - time.GetElapsedTime(_begin) is { Ticks: > 0 } rest ? rest : TimeSpan.Zero;

    public bool IsDue => Remaining == TimeSpan.Zero;

    /// <summary>It was done.</summary>
    public void Done() => (_wait, _begin) = (_clock.UntilNext(), time.GetTimestamp());
}
