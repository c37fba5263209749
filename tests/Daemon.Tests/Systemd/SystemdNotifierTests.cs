using System.Globalization;
using System.Runtime.InteropServices;
using Forewarn.Daemon.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Systemd;

public class SystemdNotifierTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Each_call_is_one_datagram_in_systemds_words(bool isAbstract)
    {
        using var supervisor = new SupervisorSocket(isAbstract);
        using var notifier = Notifier(supervisor.Address);
        notifier.Status("8 devices,\nall measured");
        notifier.Ready();
        notifier.Alive();
        notifier.Stopping();

        Assert.Equal(["STATUS=8 devices, all measured", "READY=1", "WATCHDOG=1", "STOPPING=1"], supervisor.Received());
    }

    [Fact]
    public void A_reload_carries_the_time_of_the_monotonic_clock()
    {
        using var supervisor = new SupervisorSocket();
        using var notifier = Notifier(supervisor.Address);
        var before = MonotonicMicroseconds();
        notifier.Reloading();
        var after = MonotonicMicroseconds();

        var lines = Assert.Single(supervisor.Received()).Split('\n');
        Assert.Equal("RELOADING=1", lines[0]);
        Assert.StartsWith("MONOTONIC_USEC=", lines[1], StringComparison.Ordinal);
        Assert.InRange(long.Parse(lines[1]["MONOTONIC_USEC=".Length..], CultureInfo.InvariantCulture), before - 1, after + 1);
    }

    [Fact]
    public void A_socket_that_is_gone_or_full_neither_throws_nor_blocks()
    {
        using var supervisor = new SupervisorSocket();
        using var notifier = Notifier(supervisor.Address);

        // net.unix.max_dgram_qlen is 10 or 512 by default: 2,000 unread messages fill either.
        for (var message = 0; message < 2000; message++)
        {
            notifier.Alive();
        }

        Assert.InRange(supervisor.Received().Count, 1, 1999);
        notifier.Ready();
        Assert.Equal(["READY=1"], supervisor.Received());

        supervisor.Dispose();
        notifier.Ready();
    }

    private static SystemdNotifier Notifier(string address) => new(address, TimeProvider.System, NullLogger.Instance);

    // An independent reading of the clock that systemd compares with: clock_gettime(2), CLOCK_MONOTONIC = 1.
    private static long MonotonicMicroseconds()
    {
        Assert.Equal(0, ClockGetTime(1, out var now));
        return (now.Seconds * 1_000_000) + (now.Nanoseconds / 1000);
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out Timespec now);

    [StructLayout(LayoutKind.Sequential)]
    private struct Timespec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
