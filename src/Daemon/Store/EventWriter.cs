using Forewarn.Daemon.Pipeline;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Store;

/// <summary>
/// Stores first, then tells. Whoever posts never waits: while one commit waits for the disk, what comes gathers for the next. While the disk
/// refuses, or does not answer, events are told as not durable and held.
/// </summary>
internal sealed partial class EventWriter : IDisposable
{
    // Own figure: a disk that takes longer for one commit is as good as gone, and an alarm must not wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly Func<IEventStore> _open;
    private readonly EventStream _stream;
    private readonly TimeSpan _keep;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private IEventStore? _store;
    private PendingEvents _pending = new();
    private (PendingEvents Events, long Since)? _committing;
    private bool _isStopping;
    private TimeSpan _retry;
    private long? _forgot;

    /// <param name="store">Open already; null when it could not be opened: it is tried again.</param>
    /// <param name="open">Opens it again.</param>
    /// <param name="stream">Who is told.</param>
    /// <param name="keep">How long events are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Says when the disk refuses and when it takes again.</param>
    public EventWriter(IEventStore? store, Func<IEventStore> open, EventStream stream, TimeSpan keep, TimeProvider time, ILogger logger)
    {
        (_store, _open, _stream, _keep, _time, _logger) = (store, open, stream, keep, time, logger);
        _thread = new Thread(Run) { IsBackground = true, Name = "event-writer" };
    }

    public EventStoreMeter Meter { get; } = new();

    /// <summary>The open store; null while it cannot be opened.</summary>
    public IEventStore? Store => Volatile.Read(ref _store);

    public void Start() => _thread.Start();

    /// <summary>Takes what belongs together; never waits for the disk.</summary>
    public void Post(EventBatch batch)
    {
        lock (_gate)
        {
            Meter.CountLost(_pending.Add(batch));
            Meter.Held = _pending.Count;
            if (_committing is { } committing && _time.GetElapsedTime(committing.Since) > Patience)
            {
                Tell(committing.Events, isDurable: false);
                Tell(_pending, isDurable: false);
            }
        }

        _work.Set();
    }

    public void Dispose()
    {
        Volatile.Write(ref _isStopping, true);
        _work.Set();
        // A disk that does not answer must not hold up the end of the service.
        if (_thread.IsAlive && !_thread.Join(StopDeadline)) return;
        _store?.Dispose();
        _work.Dispose();
    }

    /// <summary>Stores what is there and tells of it; false when the disk refused. For the thread, and for tests without one.</summary>
    public bool Turn()
    {
        PendingEvents taken;
        EventBatch batch;
        lock (_gate)
        {
            if (_pending.IsEmpty) return true;
            (taken, _pending) = (_pending, new PendingEvents());
            batch = taken.ToBatch();
            _committing = (taken, _time.GetTimestamp());
        }

        var refusal = Commit(batch);
        lock (_gate)
        {
            _committing = null;
            Tell(taken, isDurable: refusal is null);
            if (refusal is not null) _pending.Restore(taken);
            Meter.Held = _pending.Count;
        }

        Report(refusal);
        return refusal is null;
    }

    private void Run()
    {
        while (true)
        {
            _work.WaitOne(Meter.Refusal is null ? ForgetEvery : _retry);
            var isStopping = Volatile.Read(ref _isStopping);
            if (Turn()) Forget();
            if (isStopping) return;
        }
    }

    private string? Commit(EventBatch batch)
    {
        try
        {
            if (_store is null) Volatile.Write(ref _store, _open());
            var start = _time.GetTimestamp();
            _store!.Commit([batch]);
            Meter.Commits.Add((long)_time.GetElapsedTime(start).TotalNanoseconds);
            Meter.CountStored(batch.Events.Length);
            Meter.LastSuccess = _time.GetUtcNow();
            return null;
        }
        catch (EventStoreException exception)
        {
            if (exception.IsDamaged) Close();
            return exception.Message;
        }
    }

    /// <summary>Opening it anew moves the broken file aside.</summary>
    private void Close()
    {
        _store?.Dispose();
        Volatile.Write(ref _store, null);
    }

    private void Forget()
    {
        if (_store is null || _forgot is { } last && _time.GetElapsedTime(last) < ForgetEvery) return;
        _forgot = _time.GetTimestamp();
        try
        {
            _store.Forget(_time.GetUtcNow() - _keep);
        }
        catch (EventStoreException exception)
        {
            Report(exception.Message);
        }
    }

    private void Tell(PendingEvents events, bool isDurable)
    {
        foreach (var record in events.Tell()) _stream.Tell(new Announcement(record, isDurable));
    }

    private void Report(string? refusal)
    {
        var before = Meter.Refusal;
        Meter.Refusal = refusal;
        _retry = refusal is null || before is null ? FirstRetry : TimeSpan.FromTicks(Math.Min(_retry.Ticks * 2, LongestRetry.Ticks));
        if (refusal is not null && before is null) Log.Refused(_logger, refusal);
        else if (refusal is null && before is not null) Log.Taken(_logger);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "events cannot be stored; they are told all the same and held until they can: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "events are stored again, with those that were held")]
        public static partial void Taken(ILogger logger);
    }
}
