using System.Globalization;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Recovery;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Roles;

/// <summary>Everything of the controller, put together: reports → fleet → store, the loop that acts, and who looks at it.</summary>
internal sealed class FleetController : IAsyncDisposable
{
    private static readonly TimeSpan StatusPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan MemoryPeriod = TimeSpan.FromSeconds(30);

    private readonly FleetWriter _writer;
    private readonly FleetWatch _watch;
    private readonly FleetHttpServer _server;
    private readonly TimeProvider _time;
    private ITimer? _memory;

    /// <summary>
    /// Reads keys and certificates; a <see cref="ListenException"/> says what is wrong with them, a <see cref="JournalException"/> what is with the journal.
    /// </summary>
    /// <param name="options">Addresses, keys, the store.</param>
    /// <param name="loggers">Take what somebody should see to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="parts">Whose work is looked after; null for nobody's.</param>
    public FleetController(FleetOptions options, ILoggerFactory loggers, TimeProvider time, RecoveryParts? parts = null)
    {
        _time = time;
        var logger = loggers.CreateLogger("forewarn.fleet");
        var tokens = Secret(options.SiteKeyFile) is { } key ? new NodeTokens(key) : null;
        var callers = new Callers(tokens, Secret(options.OperatorTokenFile));
        _writer = new FleetWriter(new FleetStoreFile(options.StateDir, logger, time).Open, logger, time);
        Keeper = new FleetKeeper(_writer, options.SilentAfter, time);
        _watch = new FleetWatch(Keeper, options.Keep, logger, time);
        var happened = new FleetEvents(time.GetUtcNow());
        _watch.StatesChanged = changes => happened.Tell(changes, time.GetUtcNow());
        Recovery = parts is null ? null : new RecoveryHost(parts, Keeper, options.StateDir, loggers, time, happened);
        var events = new FleetEventEndpoints(happened, Keeper, time);
        var series = Recovery is null ? null : (FurtherSeries)new RecoveryMetrics(Recovery).Render + new ControllerMetrics(Recovery, events).Render;
        var looks = new LookEndpoints(Keeper, Recovery, ProgramVersion.Text, () => _writer.Refusal);
        _server = new FleetHttpServer(
            options, new ReportEndpoint(Keeper, callers, logger, time), new FleetLook(Keeper, Stuck),
            new FleetMetrics(Keeper, () => _writer.Refusal, ProgramVersion.Text, series), callers,
            [.. looks.Routes, .. events.Routes, .. Recovery is null ? NobodysWork.Routes : new RecoveryEndpoints(Recovery, time).Routes], loggers);
    }

    /// <summary>The fleet, for whoever decides about it.</summary>
    public FleetKeeper Keeper { get; }

    /// <summary>The loop that acts; null where nobody's work is looked after.</summary>
    public RecoveryHost? Recovery { get; }

    public IReadOnlyCollection<string> Addresses => _server.Addresses;

    /// <summary>For <c>systemctl status</c>.</summary>
    public string StatusLine
    {
        get
        {
            var (state, now) = (Keeper.State, Keeper.Now);
            var work = Recovery is { } recovery ? $"; {recovery.StatusLine}" : "";
            return string.Create(CultureInfo.InvariantCulture, $"{state.Nodes.Count} nodes, {state.Nodes.Values.Count(node => state.IsCurrent(node, now))} of them heard{work}");
        }
    }

    /// <summary>For the watchdog.</summary>
    public bool HasTurned() => Stuck() is null;

    public async Task StartAsync(CancellationToken stop)
    {
        Keeper.Recall(); // before anybody is heard
        _writer.Start();
        _watch.Start();
        Recovery?.Join(); // before the first report, which it answers
        await _server.StartAsync(stop);
        _memory = _time.CreateTimer(static _ => OwnMemory.GiveBack(), null, MemoryPeriod, MemoryPeriod);
    }

    /// <summary>Runs until asked to stop.</summary>
    public async Task WaitAsync(Action<string> status, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(StatusPeriod, _time);
        var told = "";
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                var line = StatusLine;
                if (line != told) status(told = line);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_memory is not null) await _memory.DisposeAsync();
        // First: what it was at stands in its journal, and nobody is to be told of more.
        if (Recovery is not null) await Recovery.DisposeAsync();
        using var deadline = new CancellationTokenSource(StopDeadline, _time);
        await _server.StopAsync(deadline.Token);
        await _server.DisposeAsync();
        await _watch.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private string? Stuck() => _watch.Stuck() ?? Recovery?.Stuck();

    private static byte[]? Secret(string file)
        => file.Length == 0 ? null : SecretFile.TryRead(file, out var refusal) ?? throw new ListenException(refusal);
}
