using Microsoft.Extensions.Hosting;

namespace Forewarn.Daemon.Systemd;

/// <summary>Feeds systemd's watchdog at half its limit, as sd_watchdog_enabled(3) advises, and only while the agent progresses.</summary>
internal sealed class WatchdogHeartbeat(TimeSpan? watchdog, Func<bool> progressed, IServiceNotifier notifier, TimeProvider time)
    : IHostedService, IDisposable
{
    private ITimer? _timer;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (watchdog is { } limit)
        {
            _timer = time.CreateTimer(_ => Beat(), null, limit / 2, limit / 2);
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Beat()
    {
        if (progressed())
        {
            notifier.Alive();
        }
    }
}
