using Forewarn.Interop.Linux;

namespace Forewarn.Interop.Tests.Linux;

public sealed class KernelClockTests : IDisposable
{
    private readonly FixtureRoot _root = new();

    public void Dispose() => _root.Dispose();

    [Fact]
    public void The_clocks_are_those_of_proc_and_of_the_framework()
    {
        Assert.True(Uptime.TryRead("/", out TimeSpan file));
        Assert.InRange(KernelClock.SinceBoot - file, TimeSpan.FromSeconds(-1), TimeSpan.FromMinutes(1));
        Assert.InRange(KernelClock.Awake - TimeProvider.System.GetElapsedTime(0), TimeSpan.FromMinutes(-1), TimeSpan.Zero);
        Assert.InRange(KernelClock.SinceBoot, KernelClock.Awake - TimeSpan.FromSeconds(1), TimeSpan.MaxValue);
    }

    /// <summary>The longest that it may be wrong is what one reading of the clocks takes; two readings of it differ by less than a sleep.</summary>
    [Fact]
    public void A_machine_that_does_not_sleep_meanwhile_has_slept_as_long_as_before()
    {
        TimeSpan asleep = KernelClock.Asleep();
        for (int i = 0; i < 1000; i++) Assert.InRange(KernelClock.Asleep() - asleep, TimeSpan.FromMilliseconds(-100), TimeSpan.FromMilliseconds(100));
    }

    /// <summary>The agent asks four times a second, for as long as it runs.</summary>
    [Fact]
    public void Asking_costs_no_memory()
    {
        _root.With("proc/uptime", "350735.47 234388.90\n");
        string root = _root.Path;
        Assert.True(Uptime.TryRead(root, out _));
        _ = KernelClock.Asleep();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _ = KernelClock.Asleep();
            Uptime.TryRead(root, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
