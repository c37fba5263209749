using Forewarn.Daemon.Sources.Kernel;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>Records from before a sleep, beside what kernels write when they go to sleep and wake.</summary>
public sealed class KernelSleepsTests : IDisposable
{
    private static readonly TimeSpan Night = TimeSpan.FromHours(8);

    private readonly RecordedLog _log = new() { Next = 0 };
    private TimeSpan _asleep = Night;

    [Fact]
    public void What_was_written_before_a_sleep_is_older_by_it()
    {
        Sleep(200);
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(Stamp(100)), sleeps.Doubt(Stamp(100))));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sleeps.After(Stamp(300)), sleeps.Doubt(Stamp(300))));
    }

    [Fact]
    public void Lines_on_the_way_to_sleep_are_before_it_and_those_of_waking_after_it()
    {
        Sleep(200);
        var sleeps = Looked();
        Assert.Equal(Night, sleeps.After(Stamp(201))); // a device that could not be stopped
        Assert.Equal(TimeSpan.Zero, sleeps.After(Stamp(202.5))); // one that could not be woken
    }

    [Theory]
    [InlineData("PM: suspend entry (s2idle)", "PM: suspend exit")]
    [InlineData("PM: hibernation: hibernation entry", "PM: hibernation: hibernation exit")]
    [InlineData("PM: hibernation entry", "PM: hibernation exit")]
    public void Every_way_to_sleep_is_known(string entry, string exit)
    {
        Line(200, entry).Line(205, exit);
        Assert.Equal((Night, TimeSpan.Zero), (Looked().After(Stamp(100)), Looked().After(Stamp(300))));
    }

    [Fact]
    public void Of_several_sleeps_whose_lengths_nobody_says_only_the_sum_is_known()
    {
        Sleep(200);
        Sleep(400);
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(Stamp(100)), sleeps.Doubt(Stamp(100))));
        Assert.Equal((TimeSpan.Zero, Night), (sleeps.After(Stamp(300)), sleeps.Doubt(Stamp(300))));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sleeps.After(Stamp(500)), sleeps.Doubt(Stamp(500))));
    }

    [Fact]
    public void A_kernel_that_says_how_long_it_slept_is_believed()
    {
        Sleep(200, "PM: Timekeeping suspended for 3600.250 seconds");
        Sleep(400);
        var sleeps = Looked();
        Assert.Equal((Night - TimeSpan.FromSeconds(3600.25), TimeSpan.Zero), (sleeps.After(Stamp(300)), sleeps.Doubt(Stamp(300))));
        Assert.Equal(Night, sleeps.After(Stamp(100)));
    }

    [Fact]
    public void A_sleep_that_did_not_come_about_took_no_time()
    {
        Line(150, "PM: suspend entry (deep)").Line(151, "PM: Some devices failed to suspend, or early wake event detected").Line(152, "PM: suspend exit");
        Sleep(200);
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(Stamp(170)), sleeps.Doubt(Stamp(170))));
    }

    [Fact]
    public void Of_a_log_whose_beginning_is_gone_some_of_the_sleep_may_have_been_before()
    {
        _log.Next = 7000;
        Sleep(200);
        Assert.Equal(Night, Looked().Doubt(Stamp(100)));
        Assert.Equal(TimeSpan.Zero, Looked().Doubt(Stamp(300)));
    }

    [Fact]
    public void Each_sleep_is_measured_while_the_agent_runs()
    {
        _asleep = TimeSpan.Zero;
        _log.Next = 7000;
        var sleeps = new KernelSleeps(() => _asleep);
        Assert.False(sleeps.HasSlept());
        foreach (var (at, length) in new[] { (200, TimeSpan.FromHours(1)), (400, TimeSpan.FromHours(5)) })
        {
            Sleep(at);
            _asleep += length;
            Assert.True(sleeps.HasSlept());
            Assert.True(sleeps.Look(_log));
            Assert.False(sleeps.HasSlept());
        }

        Assert.Equal((TimeSpan.FromHours(5), TimeSpan.Zero), (sleeps.After(Stamp(300)), sleeps.Doubt(Stamp(300))));
        Assert.Equal((TimeSpan.FromHours(6), TimeSpan.Zero), (sleeps.After(Stamp(100)), sleeps.Doubt(Stamp(100))));
    }

    [Fact]
    public void What_anybody_may_have_written_is_no_sleep()
    {
        _log.Line("PM: suspend entry (deep)", priority: 8 + 6, microseconds: (long)Stamp(200)).Line("PM: suspend exit", priority: 8 + 6, microseconds: (long)Stamp(201));
        Assert.Equal(TimeSpan.Zero, Looked().After(Stamp(100)));
    }

    [Fact]
    public void Events_of_the_backlog_are_told_at_the_time_at_which_they_happened()
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromMinutes(10), Asleep = Night };
        bench.Log.Next = 0;
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 48, x", microseconds: (long)Stamp(60)).Line("PM: suspend entry (deep)", 6, (long)Stamp(120))
            .Line("PM: suspend exit", 6, (long)Stamp(130)).Line("NVRM: Xid (PCI:0000:81:00): 94, x", microseconds: (long)Stamp(180));
        var (before, after) = bench.Drain().Events is [var first, var last] ? (first, last) : throw new InvalidOperationException("not two");
        Assert.Equal(bench.Clock.GetUtcNow() - TimeSpan.FromMinutes(9) - Night, before.FirstSeen);
        Assert.Equal(bench.Clock.GetUtcNow() - TimeSpan.FromMinutes(7), after.FirstSeen);
        Assert.DoesNotContain("slept", before.Text + after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_may_be_wrong_says_so()
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromMinutes(10), Asleep = Night };
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 48, x", microseconds: (long)Stamp(60)).Line("PM: suspend entry (deep)", 6, (long)Stamp(120)).Line("PM: suspend exit", 6, (long)Stamp(130));
        Assert.EndsWith("(at a time that may be wrong by 8 h: the machine slept since)", Assert.Single(bench.Drain().Events).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_sleep_nothing_is_told_twice_and_what_was_logged_on_the_way_to_it_is_told_of_before()
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromMinutes(2) };
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 48, x", microseconds: (long)Stamp(60));
        Assert.Single(bench.Drain().Events);
        bench.Log.Line("PM: suspend entry (deep)", 6, (long)Stamp(118)).Line("NVRM: Xid (PCI:0000:81:00): 79, x", microseconds: (long)Stamp(119))
            .Line("Disabling non-boot CPUs ...", 6, (long)Stamp(119.5)).Line("Enabling non-boot CPUs ...", 6, (long)Stamp(119.6)).Line("PM: suspend exit", 6, (long)Stamp(119.9));
        bench.Asleep = Night;
        Assert.Equal([48L, 79L], bench.Drain().Events.Select(happened => happened.Code));
        Assert.Equal(bench.Clock.GetUtcNow() - TimeSpan.FromSeconds(1) - Night, bench.Events[1].FirstSeen);
        Assert.Equal((6L, 0L), (bench.Meters.Records, bench.Meters.Lost));
    }

    public void Dispose() => _log.Dispose();

    private KernelSleeps Looked()
    {
        var sleeps = new KernelSleeps(() => _asleep);
        Assert.True(sleeps.HasSlept());
        Assert.True(sleeps.Look(_log));
        return sleeps;
    }

    /// <summary>As Debian's kernel writes it on x86, shortened.</summary>
    private void Sleep(double seconds, string? length = null)
    {
        Line(seconds, "PM: suspend entry (deep)").Line(seconds + 0.1, "Filesystems sync: 0.068 seconds").Line(seconds + 1.5, "ACPI: PM: Preparing to enter system sleep state S3")
            .Line(seconds + 2, "Disabling non-boot CPUs ...");
        if (length is not null) Line(seconds + 2.1, length);
        Line(seconds + 2.2, "Enabling non-boot CPUs ...").Line(seconds + 3, "PM: suspend exit");
    }

    private KernelSleepsTests Line(double seconds, string text)
    {
        _log.Line(text, priority: 6, microseconds: (long)Stamp(seconds));
        return this;
    }

    private static ulong Stamp(double seconds) => (ulong)(seconds * 1_000_000);
}
