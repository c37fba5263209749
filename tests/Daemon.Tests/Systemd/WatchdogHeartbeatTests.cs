using Forewarn.Daemon.Systemd;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Systemd;

public sealed class WatchdogHeartbeatTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _time = new();
    private readonly SupervisorSocket _supervisor = new();
    private bool _hasTurned;
    private readonly SystemdNotifier _notifier;

    public WatchdogHeartbeatTests() => _notifier = new(_supervisor.Address, _time, NullLogger.Instance);

    [Fact]
    public async Task It_beats_at_half_the_limit_while_the_work_goes_on()
    {
        using var heartbeat = await Start(Limit);
        var beats = 0;
        for (var second = 1; second <= 60; second++)
        {
            _hasTurned = true;
            _time.Advance(TimeSpan.FromSeconds(1));
            beats += _supervisor.Received().Count(message => message == "WATCHDOG=1");
            Assert.Equal(second / 15, beats);
        }
    }

    [Fact]
    public async Task It_is_silent_once_the_work_stands_still_and_beats_again_when_it_goes_on()
    {
        using var heartbeat = await Start(Limit);
        _hasTurned = true;
        _time.Advance(Limit);
        Assert.Equal(["WATCHDOG=1"], _supervisor.Received());

        _time.Advance(10 * Limit);
        Assert.Empty(_supervisor.Received());

        _hasTurned = true;
        _time.Advance(Limit / 2);
        Assert.Equal(["WATCHDOG=1"], _supervisor.Received());
    }

    [Fact]
    public async Task It_is_silent_without_a_watchdog_and_after_the_stop()
    {
        using var none = await Start(null);
        using var stopped = await Start(Limit);
        await stopped.StopAsync(CancellationToken.None);
        _hasTurned = true;
        _time.Advance(Limit);
        Assert.Empty(_supervisor.Received());
        Assert.True(TookTurn());
    }

    public void Dispose()
    {
        _notifier.Dispose();
        _supervisor.Dispose();
    }

    private async Task<WatchdogHeartbeat> Start(TimeSpan? limit)
    {
        var heartbeat = new WatchdogHeartbeat(limit, TookTurn, _notifier, _time);
        await heartbeat.StartAsync(CancellationToken.None);
        return heartbeat;
    }

    private bool TookTurn()
    {
        var turned = _hasTurned;
        _hasTurned = false;
        return turned;
    }
}
