using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>Takes batch by batch, oldest first, and stays with each until it has arrived; meanwhile the others wait in the outbox.</summary>
internal sealed partial class Sender(
    Outbox outbox, InfluxServer server, DeliveryView meter, Backoff backoff, RefusedPoints refused, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(1);

    /// <summary>From the first attempt that failed to the first that did not; null when that has been told.</summary>
    private (DateTimeOffset Since, DateTimeOffset Until)? _over;

    /// <summary>What was said since the server last took things for a minute: each kind of trouble once.</summary>
    private readonly HashSet<Verdict> _told = [];

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            Batch? batch;
            try
            {
                batch = outbox.Take();
            }
            catch (Exception refusal) when (SpoolFolder.IsRefusal(refusal))
            {
                await WaitAsync(new(Verdict.Unreadable, $"the spool cannot be read now: {refusal.Message}"), stop);
                continue;
            }

            if (batch is null) await outbox.WaitAsync(stop);
            else await DeliverAsync(new BatchDelivery(batch, server, meter, refused, time), stop);
        }
    }

    private async Task DeliverAsync(BatchDelivery delivery, CancellationToken stop)
    {
        while (await delivery.ContinueAsync(stop) is { } trouble)
        {
            outbox.Secure();
            await WaitAsync(trouble, stop);
            meter.CountRetry();
        }

        outbox.Done();
        backoff.Reset();
        if (meter.Trouble is { } over) _over = (over.Since, time.GetUtcNow());
        meter.Trouble = null;
        TellOver();
    }

    // Only when it has lasted: a server that fails every second request would fill the log otherwise.
    private void TellOver()
    {
        if (_over is not { } over || time.GetUtcNow() - over.Until < LongEnough) return;
        Log.Over(logger, over.Until - over.Since, meter.HeldPoints, meter.Target);
        _over = null;
        _told.Clear();
    }

    private async Task WaitAsync(WriteAnswer trouble, CancellationToken stop)
    {
        meter.Trouble = new(trouble.Text, meter.Trouble?.Since ?? time.GetUtcNow());
        var wait = backoff.Next(trouble);
        if (_told.Add(trouble.Verdict)) Tell(trouble, wait);
        await Task.Delay(wait, time, stop); // holds up nothing that could go: order is kept, and what comes meanwhile waits in the outbox
    }

    private void Tell(WriteAnswer trouble, TimeSpan wait)
    {
        if (trouble.NeedsSomebody) Log.NeedsSomebody(logger, trouble.Text, trouble.Verdict, meter.Target);
        else Log.Waits(logger, trouble.Text, wait, meter.Target);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 300, Level = LogLevel.Warning, Message = "points wait, the next attempt is in {Wait}: {Reason} [server `{Server}`]")]
        public static partial void Waits(ILogger logger, string reason, TimeSpan wait, string server);

        [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "points wait until somebody sees to it, tried again every minute: {Reason} [trouble `{Trouble}` server `{Server}`]")]
        public static partial void NeedsSomebody(ILogger logger, string reason, Verdict trouble, string server);

        [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "points are taken again after {Duration}; {Held} wait their turn [server `{Server}`]")]
        public static partial void Over(ILogger logger, TimeSpan duration, long held, string server);
    }
}
