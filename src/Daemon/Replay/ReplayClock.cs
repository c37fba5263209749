namespace Forewarn.Daemon.Replay;

/// <summary>The time of a recording: it stands where the input is, and moves as fast as that is read.</summary>
internal sealed class ReplayClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    // A monotonic stamp of 0 means "never" in places; the replay begins a second after that.
    private long _elapsed = TimeSpan.TicksPerSecond;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Moves on; a time before now is none.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        if (time <= _now) return;
        _elapsed += (time - _now).Ticks;
        _now = time;
    }

    /// <summary>The recorded machine's wall clock was set back, and so much time has passed all the same.</summary>
    public void SetBack(DateTimeOffset time, TimeSpan passed) => (_now, _elapsed) = (time, _elapsed + passed.Ticks);

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _elapsed;
}
