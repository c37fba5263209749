using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Systemd;

/// <summary>
/// What systemd passed in the environment. Taking it removes the variables, since a child that inherits them can speak
/// in the agent's name: NotifyAccess=main would refuse it, but some vendor libraries start programs that try.
/// </summary>
internal sealed record ServiceEnvironment(string? NotifySocket, TimeSpan? Watchdog)
{
    /// <summary>Reads and removes NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID; called once, before anything is started.</summary>
    public static ServiceEnvironment Take()
    {
        var address = Remove("NOTIFY_SOCKET");
        var microseconds = Remove("WATCHDOG_USEC");
        var pid = Remove("WATCHDOG_PID");

        // sd_watchdog_enabled(3): the watchdog is ours when WATCHDOG_PID is absent or names this process.
        var ours = pid is null || (int.TryParse(pid, NumberStyles.None, CultureInfo.InvariantCulture, out var named) && named == Environment.ProcessId);
        var known = long.TryParse(microseconds, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0;

        // Of the address families of sd_notify(3) only these two are used between systemd and a service of the same machine.
        return new(address is ['/' or '@', _, ..] ? address : null, ours && known ? TimeSpan.FromMicroseconds(limit) : null);
    }

    /// <summary>The notifier for this environment.</summary>
    public IServiceNotifier Notifier(TimeProvider time, ILogger logger) =>
        NotifySocket is null ? new NoServiceNotifier() : new SystemdNotifier(NotifySocket, time, logger);

    private static string? Remove(string name)
    {
        var value = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, null);
        return value;
    }
}
