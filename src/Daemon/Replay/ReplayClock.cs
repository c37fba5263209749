namespace Forewarn.Daemon.Replay;

/// <summary>The time of a recording: it stands where the input is, and moves as fast as that is read.</summary>
internal sealed class ReplayClock(DateTimeOffset start) : TimeProvider
{
    // A monotonic stamp of 0 means "never" in places; the replay begins a second after that.
    private readonly DateTimeOffset _zero = start - TimeSpan.FromSeconds(1);
    private DateTimeOffset _now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves on; a time before now is none.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        if (time > _now) _now = time;
    }

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => (_now - _zero).Ticks;
}
