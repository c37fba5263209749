using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Efficiency;

/// <summary>A clock whose wall time somebody sets; its monotonic time and its timers go on.</summary>
internal sealed class SteppedClock(ManualTimeProvider inner) : TimeProvider
{
    public TimeSpan Step { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Step;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        inner.CreateTimer(callback, state, dueTime, period);
}
