namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// When a record was written. It tells microseconds of the kernel's own clock, which counts from boot, stands still while the machine sleeps and
/// is not disciplined; CLOCK_MONOTONIC does the same but for some ppm of drift. So a record is as old as that clock says, and its time is the wall
/// clock's of now less that age, and less what the machine slept since: right whatever NTP stepped in between. A record that was waited for cannot be
/// older than the wait, so where drift (or a simulated clock) makes it seem so, it is taken for new; as is one of the future. What the machine slept since
/// it was written comes on top of either.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="sinceBoot">What the clock of the stamps shows now.</param>
/// <param name="sleeps">When the machine slept; null where it never does.</param>
internal sealed class KernelTime(TimeProvider time, Func<TimeSpan> sinceBoot, KernelSleeps? sleeps = null)
{
    /// <summary>Own figure: a day of drift at 20 ppm, and the span within which an error told by the vendor's library is the same.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private static readonly ulong MostMicroseconds = (ulong)(TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerMicrosecond);

    private long? _wokeAt;

    /// <summary>The log was read to its end, waited for, and may have a record now: what comes is new.</summary>
    public void Woke() => _wokeAt = time.GetTimestamp();

    /// <summary>Another log: what stands there already is not new.</summary>
    public void StartAnew() => _wokeAt = null;

    /// <summary>Wall time at which the record with this number and time stamp was written.</summary>
    public DateTimeOffset Of(ulong sequence, ulong microseconds)
    {
        var now = time.GetUtcNow();
        var age = AwakeSince(microseconds) + (sleeps?.After(sequence) ?? TimeSpan.Zero);
        return age > now - DateTimeOffset.UnixEpoch ? now : now - age;
    }

    /// <summary>By how much that may be wrong; zero but for records beside a sleep, or from before one of which nobody says how long it was.</summary>
    public TimeSpan Doubt(ulong sequence) => sleeps?.Doubt(sequence) ?? TimeSpan.Zero;

    /// <summary>
    /// Whether the machine has slept since that was last asked: then it was looked where, and the log stands at its beginning. To be asked after the clocks
    /// were read: a sleep between the last look and their reading is one of which they know and the log's reader does not.
    /// </summary>
    public bool HasSlept(IKernelLog log) => sleeps is not null && sleeps.HasSlept() && sleeps.Look(log);

    /// <summary>The record's age but for the time asleep.</summary>
    private TimeSpan AwakeSince(ulong microseconds)
    {
        if (microseconds > MostMicroseconds) return TimeSpan.Zero;
        var age = sinceBoot() - TimeSpan.FromTicks((long)microseconds * TimeSpan.TicksPerMicrosecond);
        var isNew = age < TimeSpan.Zero || (_wokeAt is { } woke && age > time.GetElapsedTime(woke) + Tolerance);
        return isNew ? TimeSpan.Zero : age;
    }

    /// <summary>CLOCK_MONOTONIC, which is what the timestamps of the system's provider count; of a log that is not the kernel's own, what its root says.</summary>
    public static Func<TimeSpan> Monotonic(TimeProvider time) => () => time.GetElapsedTime(0);
}
