using Forewarn.Daemon.Sources.Kernel;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

public class KernelTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private TimeSpan _sinceBoot = TimeSpan.FromHours(10);
    private readonly SteppedWall _clock = new(Now);
    private readonly KernelTime _time;

    public KernelTimeTests() => _time = new KernelTime(_clock, () => _sinceBoot);

    [Fact]
    public void What_stands_in_the_log_already_is_as_old_as_its_stamp_says()
        => Assert.Equal(Now - TimeSpan.FromHours(9), Of(Microseconds(TimeSpan.FromHours(1))));

    [Fact]
    public void A_record_that_was_waited_for_was_written_within_the_wait()
    {
        _time.Woke();
        Assert.Equal(Now - TimeSpan.FromSeconds(1), Of(Microseconds(_sinceBoot - TimeSpan.FromSeconds(1))));
        Assert.Equal(Now, Of(Microseconds(_sinceBoot - TimeSpan.FromMinutes(3)))); // the kernel's clock has drifted
    }

    [Fact]
    public void A_reader_that_was_held_up_believes_the_stamps_of_what_it_missed()
    {
        _time.Woke();
        (_sinceBoot, _clock.Wall, _clock.Ticks) = (_sinceBoot + TimeSpan.FromSeconds(30), Now + TimeSpan.FromSeconds(30), TimeSpan.TicksPerSecond * 30);
        Assert.Equal(Now + TimeSpan.FromSeconds(5), Of(Microseconds(_sinceBoot - TimeSpan.FromSeconds(25))));
    }

    [Fact]
    public void No_record_is_of_the_future()
    {
        Assert.Equal(Now, Of(Microseconds(_sinceBoot + TimeSpan.FromSeconds(9))));
        Assert.Equal(Now, Of(ulong.MaxValue));
        _sinceBoot = TimeSpan.FromDays(365 * 60);
        Assert.Equal(Now, Of(0)); // older than any clock
    }

    [Fact]
    public void A_step_of_the_wall_clock_moves_what_is_read_after_it_and_ages_nothing()
    {
        var stamp = Microseconds(_sinceBoot - TimeSpan.FromMilliseconds(500));
        _time.Woke();
        _clock.Wall = Now - TimeSpan.FromHours(2);
        Assert.Equal(Now - TimeSpan.FromHours(2) - TimeSpan.FromMilliseconds(500), Of(stamp));
    }

    [Fact]
    public void After_a_sleep_fresh_records_are_right_since_neither_clock_counted_it()
    {
        _clock.Wall = Now + TimeSpan.FromHours(8); // slept; since boot as before
        _time.Woke();
        Assert.Equal(Now + TimeSpan.FromHours(8), Of(Microseconds(_sinceBoot)));
    }

    [Fact]
    public void An_event_carries_that_time()
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromHours(1) };
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 45, x", microseconds: 60_000_000);
        var happened = Assert.Single(bench.Drain().Events);
        Assert.Equal((bench.Clock.GetUtcNow() - TimeSpan.FromMinutes(59), happened.FirstSeen), (happened.FirstSeen, happened.LastSeen));
    }

    [Fact]
    public void The_system_s_time_stamps_count_as_the_kernel_does()
    {
        var uptime = KernelTime.Monotonic(TimeProvider.System)();
        Assert.InRange(Forewarn.Interop.Linux.KernelClock.Awake - uptime, TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    private DateTimeOffset Of(ulong microseconds) => _time.Of(7, microseconds);

    private static ulong Microseconds(TimeSpan since) => (ulong)(since.Ticks / TimeSpan.TicksPerMicrosecond);

    private sealed class SteppedWall(DateTimeOffset start) : TimeProvider
    {
        public DateTimeOffset Wall { get; set; } = start;

        public long Ticks { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => Ticks;
    }
}
