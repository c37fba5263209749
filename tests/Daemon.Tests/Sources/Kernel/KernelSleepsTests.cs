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
        var before = Line(100);
        Sleep(200);
        var after = Line(300);
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(before), sleeps.Doubt(before)));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sleeps.After(after), sleeps.Doubt(after)));
    }

    [Fact]
    public void Lines_on_the_way_to_sleep_are_before_it_and_those_of_waking_after_it()
    {
        Line(200, "PM: suspend entry (deep)");
        var stopping = Line(201, "a device that could not be stopped");
        Line(202, "Disabling non-boot CPUs ...");
        Line(202.2, "Enabling non-boot CPUs ...");
        var waking = Line(202.5, "one that could not be woken");
        Line(203, "PM: suspend exit");
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(stopping), sleeps.Doubt(stopping)));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sleeps.After(waking), sleeps.Doubt(waking)));
    }

    /// <summary>As x86 writes it where no processor is taken away: nothing says between which of the devices' lines it slept.</summary>
    [Fact]
    public void Of_a_line_that_may_be_of_either_side_the_doubt_is_told()
    {
        Line(200, "PM: suspend entry (s2idle)");
        var filesystems = Line(200.1, "Filesystems sync: 0.068 seconds");
        Line(200.2, "Freezing user space processes");
        Line(200.3, "Freezing user space processes completed (elapsed 0.001 seconds)");
        Line(200.4, "printk: Suspending console(s) (use no_console_suspend to debug)");
        var either = Line(200.5, "a device");
        Line(200.6, "Restarting tasks ... ");
        var after = Line(200.6, "another");
        Line(200.7, "PM: suspend exit");
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(filesystems), sleeps.Doubt(filesystems)));
        Assert.Equal(Night, sleeps.Doubt(either));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sleeps.After(after), sleeps.Doubt(after)));
    }

    [Theory]
    [InlineData("PM: suspend entry (s2idle)", "PM: suspend exit")]
    [InlineData("PM: hibernation: hibernation entry", "PM: hibernation: hibernation exit")]
    [InlineData("PM: hibernation entry", "PM: hibernation exit")]
    public void Every_way_to_sleep_is_known(string entry, string exit)
    {
        var before = Line(100);
        Line(200, entry);
        Line(205, exit);
        var after = Line(300);
        Assert.Equal((Night, TimeSpan.Zero), (Looked().After(before), Looked().After(after)));
    }

    [Fact]
    public void Of_several_sleeps_whose_lengths_nobody_says_only_the_sum_is_known()
    {
        var first = Line(100);
        Sleep(200);
        var second = Line(300);
        Sleep(400);
        var last = Line(500);
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(first), sleeps.Doubt(first)));
        Assert.Equal((TimeSpan.Zero, Night), (sleeps.After(second), sleeps.Doubt(second)));
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (sleeps.After(last), sleeps.Doubt(last)));
    }

    [Fact]
    public void A_kernel_that_says_how_long_it_slept_is_believed()
    {
        var first = Line(100);
        Sleep(200, "PM: Timekeeping suspended for 3600.250 seconds");
        var second = Line(300);
        Sleep(400);
        var sleeps = Looked();
        Assert.Equal((Night - TimeSpan.FromSeconds(3600.25), TimeSpan.Zero), (sleeps.After(second), sleeps.Doubt(second)));
        Assert.Equal(Night, sleeps.After(first));
    }

    [Theory]
    [InlineData("PM: Some devices failed to suspend, or early wake event detected")]
    [InlineData("Freezing of tasks failed after 20.008 seconds (1 tasks refusing to freeze, wq_busy=0):")]
    [InlineData("Freezing user space processes aborted after 0.003 seconds (1 tasks refusing to freeze, wq_busy=0):")]
    public void A_sleep_that_did_not_come_about_took_no_time(string why)
    {
        Line(150, "PM: suspend entry (deep)");
        Line(151, why);
        Line(151.5, "Restarting tasks ... ");
        Line(152, "PM: suspend exit");
        var between = Line(170);
        Sleep(200);
        var sleeps = Looked();
        Assert.Equal((Night, TimeSpan.Zero), (sleeps.After(between), sleeps.Doubt(between)));
    }

    [Fact]
    public void Of_a_log_whose_beginning_is_gone_some_of_the_sleep_may_have_been_before()
    {
        _log.Next = 7000;
        var before = Line(100);
        Sleep(200);
        var after = Line(300);
        Assert.Equal(Night, Looked().Doubt(before));
        Assert.Equal(TimeSpan.Zero, Looked().Doubt(after));
    }

    [Fact]
    public void Each_sleep_is_measured_while_the_agent_runs()
    {
        _asleep = TimeSpan.Zero;
        _log.Next = 7000;
        var sleeps = new KernelSleeps(() => _asleep);
        Assert.False(sleeps.HasSlept());
        List<ulong> lines = [];
        foreach (var (at, length) in new[] { (200, TimeSpan.FromHours(1)), (400, TimeSpan.FromHours(5)) })
        {
            lines.Add(Line(at - 100));
            Sleep(at);
            _asleep += length;
            Assert.True(sleeps.HasSlept());
            Assert.True(sleeps.Look(_log));
            Assert.False(sleeps.HasSlept());
        }

        Assert.Equal((TimeSpan.FromHours(5), TimeSpan.Zero), (sleeps.After(lines[1]), sleeps.Doubt(lines[1])));
        Assert.Equal((TimeSpan.FromHours(6), TimeSpan.Zero), (sleeps.After(lines[0]), sleeps.Doubt(lines[0])));
    }

    [Fact]
    public void What_anybody_may_have_written_is_no_sleep()
    {
        var before = Line(100);
        _log.Line("PM: suspend entry (deep)", priority: 8 + 6, microseconds: (long)Stamp(200)).Line("PM: suspend exit", priority: 8 + 6, microseconds: (long)Stamp(201));
        Assert.Equal(TimeSpan.Zero, Looked().After(before));
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

    /// <summary>The kernel's clock stands still while it sleeps: the last record before it and the first after it may have one stamp.</summary>
    [Fact]
    public void Of_two_records_of_one_stamp_on_either_side_of_a_sleep_each_is_told_on_its_side()
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromMinutes(2) };
        bench.Drain();
        var stamp = (long)Stamp(119);
        bench.Log.Line("PM: suspend entry (deep)", 6, stamp).Line("NVRM: Xid (PCI:0000:81:00): 48, x", microseconds: stamp).Line("Disabling non-boot CPUs ...", 6, stamp)
            .Line("Enabling non-boot CPUs ...", 6, stamp).Line("NVRM: Xid (PCI:0000:81:00): 79, x", microseconds: stamp).Line("PM: suspend exit", 6, stamp);
        bench.Asleep = Night;
        var now = bench.Clock.GetUtcNow();
        Assert.Equal([(48L, now - TimeSpan.FromSeconds(1) - Night), (79L, now - TimeSpan.FromSeconds(1))], bench.Drain().Events.Select(happened => (happened.Code, happened.FirstSeen)));
    }

    /// <summary>The kernel's clock runs a little before or far behind the one that its stamps are held against: the record is new, and what was slept since comes on top.</summary>
    [Theory]
    [InlineData(121)]
    [InlineData(60)]
    public void A_record_from_just_before_a_sleep_is_not_told_as_of_now_where_the_clocks_drift(double stamp)
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromMinutes(2) };
        bench.Drain();
        bench.Log.Line("PM: suspend entry (deep)", 6, (long)Stamp(stamp)).Line("NVRM: Xid (PCI:0000:81:00): 48, x", microseconds: (long)Stamp(stamp))
            .Line("Disabling non-boot CPUs ...", 6, (long)Stamp(stamp)).Line("PM: suspend exit", 6, (long)Stamp(stamp + 0.1));
        bench.Asleep = Night;
        Assert.Equal(bench.Clock.GetUtcNow() - Night, Assert.Single(bench.Drain().Events).FirstSeen);
    }

    [Fact]
    public void Two_sleeps_while_the_agent_runs_add_up()
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromMinutes(10) };
        bench.Log.Next = 0;
        bench.Drain();
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 48, x", microseconds: (long)Stamp(100)).Line("PM: suspend entry (deep)", 6, (long)Stamp(200)).Line("PM: suspend exit", 6, (long)Stamp(201))
            .Line("PM: suspend entry (deep)", 6, (long)Stamp(300)).Line("PM: suspend exit", 6, (long)Stamp(301));
        bench.Asleep = Night + Night;
        Assert.Equal(bench.Clock.GetUtcNow() - Night - Night, Assert.Single(bench.Drain().Events).FirstSeen); // waited for: none of its ten minutes are believed
    }

    /// <summary>It falls asleep when the reader has looked for sleeps already and has not read the clocks yet.</summary>
    [Fact]
    public void A_sleep_between_the_last_look_and_the_reading_of_the_clocks_is_noticed()
    {
        var bench = new KernelBench { SinceBoot = TimeSpan.FromMinutes(2) };
        bench.Drain();
        bench.Log.Line("NVRM: Xid (PCI:0000:81:00): 48, x", microseconds: (long)Stamp(119)).Line("PM: suspend entry (deep)", 6, (long)Stamp(119.5)).Line("PM: suspend exit", 6, (long)Stamp(119.9))
            .Line("NVRM: Xid (PCI:0000:81:00): 79, x", microseconds: (long)Stamp(120));
        bench.Asleep = Night; // known to the clocks only: nobody asked again before this read
        while (bench.Reader.ReadOne())
        {
            // On.
        }

        var now = bench.Clock.GetUtcNow();
        Assert.Equal([(48L, now - TimeSpan.FromSeconds(1) - Night), (79L, now)], bench.Events.Select(happened => (happened.Code, happened.FirstSeen)));
        Assert.Equal((4L, 0L), (bench.Meters.Records, bench.Meters.Lost));
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
        Line(seconds, "PM: suspend entry (deep)");
        Line(seconds + 0.1, "Filesystems sync: 0.068 seconds");
        Line(seconds + 1.5, "ACPI: PM: Preparing to enter system sleep state S3");
        Line(seconds + 2, "Disabling non-boot CPUs ...");
        if (length is not null) Line(seconds + 2.1, length);
        Line(seconds + 2.2, "Enabling non-boot CPUs ...");
        Line(seconds + 3, "PM: suspend exit");
    }

    /// <summary>The line's number.</summary>
    private ulong Line(double seconds, string text = "anything")
    {
        var number = _log.Next;
        _log.Line(text, priority: 6, microseconds: (long)Stamp(seconds));
        return number;
    }

    private static ulong Stamp(double seconds) => (ulong)(seconds * 1_000_000);
}
