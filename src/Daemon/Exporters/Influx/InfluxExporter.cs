using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Sends the node's view to an InfluxDB: every interval the view becomes batches, which go through the intake into the outbox and wait there
/// until the sender has brought them away. Sampling knows nothing of it: the view is read as a scrape reads it.
/// </summary>
internal sealed partial class InfluxExporter : IExporter
{
    // As long as for what needs somebody: a defect that comes back at once must not fill the log.
    private static readonly TimeSpan AfterDefect = TimeSpan.FromMinutes(1);

    // A disk that hangs must not hold up the end of the agent, to which systemd gives five seconds.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _stop = new();
    private readonly NodeView _view;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly NodePoints _node;
    private readonly PointWriter _points;
    private readonly Intake _intake;
    private readonly Outbox _outbox;
    private readonly InfluxServer _server;
    private readonly Sender _sender;
    private readonly DeliveryView _meter;
    private readonly Func<double> _random;
    private Task _running = Task.CompletedTask;

    /// <param name="options">Where and how.</param>
    /// <param name="view">What is told; the exporter's own meter is added to it.</param>
    /// <param name="random">From 0 up to 1, for the first wait and those between attempts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what somebody should see to.</param>
    public InfluxExporter(InfluxOptions options, NodeView view, Func<double> random, TimeProvider time, ILogger logger)
    {
        var meter = new DeliveryView(Name, SettingTypes.HttpUrl.Format(options.Url));
        (_meter, _random) = (meter, random);
        (_view, _time, _interval, _logger) = (view, time, options.Interval, logger);
        _view.Add(meter);
        _outbox = new(new SpoolFolder(options.SpoolDir, meter, logger), options.SpoolMax, meter);
        _intake = new(_outbox, meter);
        _points = new(options.BatchPoints, _intake.Add);
        _node = new(view, options.LinkSeries);
        _server = new(options, meter, time);
        _sender = new(_outbox, _server, meter, new Backoff(random), new RefusedPoints(meter, time, logger), time, logger);
    }

    public string Name => "influx";

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Does not wait for the server: what has not arrived lies in the spool for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running.WaitAsync(LongestEnd, _time);
        }
        catch (TimeoutException)
        {
            Log.NotEnded(_logger, LongestEnd);
            return;
        }

        _intake.HandOn();
        _outbox.Secure();
        _server.Dispose();
        _outbox.Dispose();
        _stop.Dispose();
    }

    private Task RunAsync() => Task.WhenAll(UntilStoppedAsync(CollectAsync), UntilStoppedAsync(() =>
    {
        _outbox.Recall(); // waits for the disk, for which nothing else does
        return Task.WhenAll(UntilStoppedAsync(() => _intake.HandOnAsync(_stop.Token)), UntilStoppedAsync(() => _sender.RunAsync(_stop.Token)));
    }));

    private async Task CollectAsync()
    {
        // So that the nodes of a fleet, started together, do not all send in the same second.
        await Task.Delay(_interval * _random(), _time, _stop.Token);
        using var timer = new PeriodicTimer(_interval, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token)) _node.Write(_points, _time.GetUtcNow());
    }

    private async Task UntilStoppedAsync(Func<Task> work)
    {
        try
        {
            while (!await IsDoneAsync(work)) await Task.Delay(AfterDefect, _time, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    // A defect of ours costs a minute of this exporter and is shown, and the agent nothing; the watchdog has no part in it.
    private async Task<bool> IsDoneAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception defect) when (defect is not OperationCanceledException || !_stop.IsCancellationRequested)
        {
            _meter.Trouble = new($"a defect of Forewarn: {defect.GetType().Name}: {defect.Message}", _meter.Trouble?.Since ?? _time.GetUtcNow());
            Log.BrokenOff(_logger, defect);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 331, Level = LogLevel.Warning, Message = "sending has not ended within {Deadline}, which a hung disk may do; what was in memory is lost")]
        public static partial void NotEnded(ILogger logger, TimeSpan deadline);

        [LoggerMessage(EventId = 330, Level = LogLevel.Critical, Message = "sending was broken off by a defect of Forewarn; it begins again in a minute")]
        public static partial void BrokenOff(ILogger logger, Exception defect);
    }
}
