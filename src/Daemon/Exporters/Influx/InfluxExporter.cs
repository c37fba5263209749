using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// Sends the node's view to an InfluxDB: every interval the view becomes batches, which wait in the outbox until the sender has brought
/// them there. Sampling knows nothing of it: the view is read as a scrape reads it.
/// </summary>
internal sealed partial class InfluxExporter : IExporter
{
    private readonly CancellationTokenSource _stop = new();
    private readonly NodeView _view;
    private readonly TimeProvider _time;
    private readonly TimeSpan _interval;
    private readonly ILogger _logger;
    private readonly NodePoints _node;
    private readonly PointWriter _points;
    private readonly Outbox _outbox;
    private readonly InfluxServer _server;
    private readonly Sender _sender;
    private Task _running = Task.CompletedTask;

    /// <param name="options">Where and how.</param>
    /// <param name="view">What is told; the exporter's own meter is added to it.</param>
    /// <param name="random">From 0 up to 1, for the waits between attempts.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what somebody should see to.</param>
    public InfluxExporter(InfluxOptions options, NodeView view, Func<double> random, TimeProvider time, ILogger logger)
    {
        var meter = new DeliveryView(Name, SettingTypes.HttpUrl.Format(options.Url));
        (_view, _time, _interval, _logger) = (view, time, options.Interval, logger);
        _view.Add(meter);
        _outbox = new(new SpoolFolder(options.SpoolDir, meter, logger), options.SpoolMax, meter);
        _points = new(options.BatchPoints, _outbox.Add);
        _node = new(view, options.LinkSeries);
        _server = new(options, meter, time);
        _sender = new(_outbox, _server, meter, new Backoff(random), new RefusedPoints(meter, logger), time, logger);
    }

    public string Name => "influx";

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Does not wait for the server: what has not arrived lies in the spool for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _outbox.Secure();
        _server.Dispose();
        _outbox.Dispose();
        _stop.Dispose();
    }

    private Task RunAsync() => UntilStoppedAsync(() =>
    {
        _outbox.Recall();
        return Task.WhenAll(UntilStoppedAsync(CollectAsync), UntilStoppedAsync(() => _sender.RunAsync(_stop.Token)));
    });

    private async Task CollectAsync()
    {
        using var timer = new PeriodicTimer(_interval, _time);
        while (await timer.WaitForNextTickAsync(_stop.Token)) _node.Write(_points, _time.GetUtcNow());
    }

    private async Task UntilStoppedAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception defect)
        {
            // A defect of ours costs this exporter, not the agent; the watchdog has no part in it.
            Log.Ended(_logger, defect);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 330, Level = LogLevel.Critical, Message = "sending has ended by a defect of Forewarn; nothing is sent until the service is restarted")]
        public static partial void Ended(ILogger logger, Exception defect);
    }
}
