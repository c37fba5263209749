using System.Diagnostics;
using System.Globalization;
using Forewarn.Daemon.Systemd;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Systemd;

/// <summary>The environment belongs to the whole process: these run one after another, beside nothing that reads the same names.</summary>
public class ServiceEnvironmentTests
{
    [Fact]
    public void Without_systemd_there_is_nobody_to_notify()
    {
        var environment = Take(null, null, null);
        Assert.Equal(new ServiceEnvironment(null, null), environment);
        Assert.IsType<NoServiceNotifier>(environment.Notifier(TimeProvider.System, NullLogger.Instance));
    }

    [Fact]
    public void What_was_taken_no_child_inherits()
    {
        Assert.Equal("/run/systemd/notify", Take("/run/systemd/notify", "30000000", null).NotifySocket);
        using var child = Process.Start(new ProcessStartInfo("env") { RedirectStandardOutput = true, UseShellExecute = false })!;
        var inherited = child.StandardOutput.ReadToEnd();
        child.WaitForExit();

        Assert.Contains("PATH=", inherited, StringComparison.Ordinal);
        Assert.DoesNotContain("NOTIFY_SOCKET", inherited, StringComparison.Ordinal);
        Assert.DoesNotContain("WATCHDOG_", inherited, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30000000", null, 30.0)]
    [InlineData("30000000", "self", 30.0)]
    [InlineData("30000000", "1", null)]
    [InlineData("30000000", "x", null)]
    [InlineData("0", "self", null)]
    [InlineData("-1", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, "self", null)]
    public void The_watchdog_is_ours_only_when_it_names_this_process_or_none(string? limit, string? pid, double? seconds)
    {
        pid = pid == "self" ? Environment.ProcessId.ToString(CultureInfo.InvariantCulture) : pid;
        Assert.Equal(seconds, Take(null, limit, pid).Watchdog?.TotalSeconds);
    }

    [Theory]
    [InlineData("@/run/x", true)]
    [InlineData("/run/x", true)]
    [InlineData("relative", false)]
    [InlineData("@", false)]
    [InlineData("vsock:2:1", false)]
    public void Only_addresses_of_this_machine_are_used(string address, bool used) =>
        Assert.Equal(used ? address : null, Take(address, null, null).NotifySocket);

    private static ServiceEnvironment Take(string? socket, string? limit, string? pid)
    {
        Environment.SetEnvironmentVariable("NOTIFY_SOCKET", socket);
        Environment.SetEnvironmentVariable("WATCHDOG_USEC", limit);
        Environment.SetEnvironmentVariable("WATCHDOG_PID", pid);
        return ServiceEnvironment.Take();
    }
}
